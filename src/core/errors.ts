/** Who must act: the user (data, parameters, document), the environment (disk, network, memory) or us. */
export type ErrorKind = 'user' | 'environment' | 'defect'

/** Where in a pipeline an error belongs; `param` is a path such as `columns.0`. */
export interface PipelinePlace {
  node: string
  port?: string
  param?: string
}

/** What an error says about itself. `{name}` in a text is replaced by the value of that name. */
export interface ErrorEntry {
  kind: ErrorKind
  message: string
  /** What the reader can do about it; a whole sentence. */
  remedy: string
  /** It may well be gone a moment later (a file in use, a server that does not answer): the step is tried again. */
  retryable?: true
}

export type ErrorValues = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** An error as data: what crosses processes, is stored with a run, and is shown. */
export interface ErrorReport {
  code: string
  kind: ErrorKind
  message: string
  remedy: string
  values: ErrorValues
  at?: PipelinePlace
}

/** The one error class of the product; everything else that is thrown is a defect. */
export class PipewrightError extends Error {
  override readonly name = 'PipewrightError'
  readonly code: string
  readonly kind: ErrorKind
  readonly remedy: string
  readonly values: ErrorValues
  readonly retryable: boolean
  at: PipelinePlace | undefined

  constructor(report: ErrorReport, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(report.message, options)
    this.retryable = options.retryable ?? false
    this.code = report.code
    this.kind = report.kind
    this.remedy = report.remedy
    this.values = report.values
    this.at = report.at
  }

  toReport(): ErrorReport {
    const { code, kind, message, remedy, values, at } = this
    return { code, kind, message, remedy, values, ...(at && { at }) }
  }
}

/** The names in braces of a text: those of the values that `fillIn` wants. */
export type PlaceholdersOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersOf<Rest>
  : never
type ValuesOf<Entry extends ErrorEntry> = {
  readonly [Name in PlaceholdersOf<Entry['message'] | Entry['remedy']>]: ErrorValues[string]
}
type ValueArguments<Entry extends ErrorEntry> = [PlaceholdersOf<Entry['message'] | Entry['remedy']>] extends [
  never,
]
  ? [values?: ErrorValues, options?: ErrorOptions]
  : [values: ValuesOf<Entry> & ErrorValues, options?: ErrorOptions]
interface ErrorOptions {
  at?: PipelinePlace
  cause?: unknown
}

/** Makes errors of one area: `tableError('column-missing', { column })` has the code `table.column-missing`. */
export interface ErrorFactory<Table extends Record<string, ErrorEntry>> {
  <Code extends keyof Table & string>(code: Code, ...rest: ValueArguments<Table[Code]>): PipewrightError
  readonly area: string
  readonly entries: Table
}

export function defineErrors<const Table extends Record<string, ErrorEntry>>(
  area: string,
  entries: Table,
): ErrorFactory<Table> {
  const create = (code: string, values: ErrorValues = {}, options: ErrorOptions = {}): PipewrightError =>
    createError(`${area}.${code}`, entries[code]!, values, options)
  return Object.assign(create, { area, entries })
}

export function createError(
  code: string,
  entry: ErrorEntry,
  values: ErrorValues = {},
  options: ErrorOptions = {},
): PipewrightError {
  const report: ErrorReport = {
    code,
    kind: entry.kind,
    message: fillIn(entry.message, values),
    remedy: fillIn(entry.remedy, values),
    values,
    ...(options.at && { at: options.at }),
  }
  return new PipewrightError(report, {
    ...(options.cause !== undefined && { cause: options.cause }),
    retryable: entry.retryable ?? false,
  })
}

/** The report of anything that was thrown; what is not ours is a defect whose details belong in the log. */
export function reportOf(thrown: unknown): ErrorReport {
  if (thrown instanceof PipewrightError) return thrown.toReport()
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'defect',
    kind: 'defect',
    message: `Something went wrong inside Pipewright: ${message}`,
    remedy: 'This is our mistake, not yours. The log file has the details; please report it.',
    values: {},
  }
}

/** Replaces each `{name}` of a text by the value of that name, if there is one. */
export function fillIn(text: string, values: ErrorValues): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return typeof value === 'object' ? value.map(quote).join(', ') : String(value)
  })
}

const quote = (text: string): string => `“${text}”`

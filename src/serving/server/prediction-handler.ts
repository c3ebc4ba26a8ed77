import type { PipewrightError } from '../../core/errors.ts'
import type { OutputColumn } from '../../onnx/session.ts'
import type { ColumnChunk } from '../../tables/column-chunk.ts'
import type { PredictionAnswer, PredictionHandler, PredictionRequest } from '../handler.ts'
import { serverError } from './errors.ts'
import type { GivenAnswer, Predictions } from './predictions.ts'
import { haveSameClasses, type ServedVersion, type ServingState } from './serving-state.ts'

/** What the protocols ask; `state` is what is served at the moment, null before that is known. */
export function createHandler(options: {
  predictions: Predictions
  state: () => ServingState | null
  isDraining: () => boolean
}): PredictionHandler {
  const { predictions, isDraining } = options
  const current = (): ServingState => {
    const state = options.state()
    if (!state) throw serverError('stopping')
    return state
  }
  return {
    get name() {
      return current().configuration.name
    },
    get versions() {
      return current().versions
    },
    get stickyBy() {
      return current().configuration.stickyBy
    },
    isReady: () => options.state() !== null && !isDraining(),
    async predict(request) {
      const state = current()
      const groups = groupByVersion(state, request)
      const answers = await Promise.all(
        groups.map(async ({ served, rows }) => ({
          rows,
          answer: await ask(predictions, { state, served, request, chunk: rowsOf(request.chunk, rows) }),
        })),
      )
      return answers.length === 1
        ? answerOf(answers[0]!.answer)
        : mergeAnswers(answers, { rows: request.chunk.rows, column: state.configuration.stickyBy })
    },
  }
}

/** Null: all of the rows. */
interface VersionRows {
  served: ServedVersion
  rows: number[] | null
}

function groupByVersion(
  state: ServingState,
  { version, stickyKeys, chunk }: PredictionRequest,
): VersionRows[] {
  if (version !== undefined) {
    const served = state.versions.find((each) => each.version === version && each.role !== 'shadow')
    if (!served) throw serverError('unknown-version', { version })
    return [{ served, rows: null }]
  }
  if (!stickyKeys || stickyKeys.length !== chunk.rows || chunk.rows < 2)
    return [{ served: state.choose(stickyKeys?.[0] ?? undefined), rows: null }]
  const groups = new Map<ServedVersion, number[]>()
  let byChance: ServedVersion | undefined
  for (const [row, key] of stickyKeys.entries()) {
    // Rows of one request that have no key stay together.
    const served = key === null ? (byChance ??= state.choose()) : state.choose(key)
    const rows = groups.get(served)
    if (rows) rows.push(row)
    else groups.set(served, [row])
  }
  return groups.size === 1
    ? [{ served: [...groups.keys()][0]!, rows: null }]
    : [...groups].map(([served, rows]) => ({ served, rows }))
}

function ask(
  predictions: Predictions,
  options: { state: ServingState; served: ServedVersion; request: PredictionRequest; chunk: ColumnChunk },
): Promise<GivenAnswer> {
  const { state, served, request, chunk } = options
  const { trace, receivedAt, signal } = request
  return new Promise((answered, failed: (error: PipewrightError) => void) => {
    const asker = { trace, receivedAt, signal, answered, failed }
    predictions.predictChunk(chunk, { state, served, asker })
  })
}

function answerOf({
  model,
  version,
  isFallback,
  outputs,
  from,
  rows,
  total,
  ids,
}: GivenAnswer): PredictionAnswer {
  const answer = { model, version, isFallback, predictionIds: ids }
  if (rows === total) return { ...answer, outputs }
  // Of a batch that others have a part in, too.
  const own = Object.entries(outputs).map(([name, column]) => {
    const width = total === 0 ? 0 : column.length / total
    return [name, column.slice(from * width, (from + rows) * width)] as const
  })
  return { ...answer, outputs: Object.fromEntries(own) }
}

/** Rows that several versions have answered, in the order in which they were asked for. */
function mergeAnswers(
  groups: readonly { rows: number[] | null; answer: GivenAnswer }[],
  { rows, column }: { rows: number; column: string | null },
): PredictionAnswer {
  const answers = groups.map(({ rows, answer }) => ({ rows: rows!, answer: answerOf(answer) }))
  const names = Object.keys(answers[0]!.answer.outputs)
  const { served } = groups[0]!.answer
  const isAlike =
    answers.every(({ answer }) => Object.keys(answer.outputs).join('\0') === names.join('\0')) &&
    groups.every(({ answer }) => haveSameClasses(answer.served, served))
  if (!isAlike) throw serverError('mixed-versions', { column: column ?? '' })
  const outputs = names.map((name) => {
    const parts = answers.map((each) => ({ rows: each.rows, column: each.answer.outputs[name]! }))
    return [name, scatter(parts, { rows, column })] as const
  })
  const predictionIds = Array.from<string>({ length: rows })
  const rowVersions = Array.from<number>({ length: rows })
  for (const { rows: own, answer } of answers)
    for (const [index, row] of own.entries()) {
      predictionIds[row] = answer.predictionIds[index]!
      rowVersions[row] = answer.version
    }
  const first = answers.find((each) => each.rows[0] === 0)!.answer
  const isFallback = answers.some(({ answer }) => answer.isFallback)
  return { ...first, isFallback, rowVersions, outputs: Object.fromEntries(outputs), predictionIds }
}

function scatter(
  parts: readonly { rows: readonly number[]; column: OutputColumn }[],
  { rows, column }: { rows: number; column: string | null },
): OutputColumn {
  const widths = parts.map((part) => part.column.length / part.rows.length)
  const width = widths[0]!
  const isText = Array.isArray(parts[0]!.column)
  if (widths.some((other) => other !== width) || parts.some((part) => Array.isArray(part.column) !== isText))
    throw serverError('mixed-versions', { column: column ?? '' })
  const whole = emptyLike(parts[0]!.column, rows * width)
  for (const part of parts)
    for (const [index, row] of part.rows.entries())
      for (let at = 0; at < width; at++) whole[row * width + at] = part.column[index * width + at]!
  return whole
}

function emptyLike(column: OutputColumn, length: number): OutputColumn {
  if (Array.isArray(column)) return Array.from<string>({ length })
  return column instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)
}

function rowsOf(chunk: ColumnChunk, rows: number[] | null): ColumnChunk {
  if (!rows) return chunk
  const pick = (values: Float64Array | string[]): Float64Array | string[] =>
    values instanceof Float64Array
      ? Float64Array.from(rows, (row) => values[row]!)
      : rows.map((row) => values[row]!)
  const columns = Object.entries(chunk.columns).map(([name, values]) => [name, pick(values)] as const)
  return { rows: rows.length, columns: Object.fromEntries(columns) }
}

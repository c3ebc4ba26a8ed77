import type { StartColumn } from '../../core/artifacts.ts'
import type { OnnxSession, OutputColumns } from '../../onnx/session.ts'
import type { ColumnChunk } from '../../tables/column-chunk.ts'
import type { RowColumns, RowReader } from '../../tables/row-reader.ts'

/** Rows that requests were read into. */
export interface BatchColumns {
  /** In order of the inputs; may have room for more rows. Only until the last of its requests is answered. */
  columns: RowColumns
  /** The same by name. */
  named: ColumnChunk['columns']
}

/** Rows that ran through a model together. */
export interface AnsweredBatch extends BatchColumns {
  outputs: OutputColumns
  /** How many rows the outputs have. */
  total: number
}

/** A request that waits for its rows to be run. */
export interface Waiting {
  readonly rows: number
  /** Its rows are compared, not given out: nobody counts or copies a run that they are in. */
  readonly isReplay?: boolean
  /** Its rows begin at row `from` of the batch. */
  answer(batch: AnsweredBatch, from: number): void
  fail(error: unknown, batch: BatchColumns, from: number): void
}

interface Batch {
  columns: RowColumns
  named: ColumnChunk['columns']
  rows: number
  waiting: Waiting[]
  from: number[]
  isReplay: boolean
}

export const batchRows = 128

/**
 * Runs single requests together: those that one turn of the event loop brings become one run of the model, which costs
 * little more than a run for one of them. Nobody waits for others: a turn that brings one request runs it alone.
 */
export class MicroBatches {
  readonly #session: OnnxSession
  readonly #inputs: readonly StartColumn[]
  readonly #reader: RowReader
  readonly #onRun: (batch: AnsweredBatch, rows: number) => void
  #open: Batch
  #spare: Batch[] = []
  #waiting = 0

  /** `onRun` is told of each run of the model, but for replays, before its requests are answered. */
  constructor(options: {
    session: OnnxSession
    inputs: readonly StartColumn[]
    reader: RowReader
    onRun: (batch: AnsweredBatch, rows: number) => void
  }) {
    this.#session = options.session
    this.#inputs = options.inputs
    this.#reader = options.reader
    this.#onRun = options.onRun
    this.#open = this.#emptyBatch()
  }

  /** Requests that are not answered yet. */
  get depth(): number {
    return this.#waiting
  }

  /** Where the next row is to be read to; nobody else may take the place before `add`. */
  place(): { columns: RowColumns; at: number } {
    return { columns: this.#open.columns, at: this.#open.rows }
  }

  /** Takes the row that was read to its place. */
  add(waiting: Waiting): void {
    const batch = this.#open
    batch.waiting.push(waiting)
    batch.from.push(batch.rows)
    batch.rows += waiting.rows
    batch.isReplay ||= waiting.isReplay ?? false
    this.#waiting += 1
    if (batch.waiting.length === 1) setImmediate(() => batch === this.#open && this.#flush())
    if (batch.rows >= batchRows) this.#flush()
  }

  /** Takes rows that were read already, of which there are at most `batchRows`. */
  addChunk(chunk: ColumnChunk, waiting: Waiting): void {
    if (this.#open.rows + chunk.rows > batchRows) this.#flush()
    const { columns, at } = this.place()
    for (const [index, { name }] of this.#inputs.entries())
      copyColumn(chunk.columns[name]!, columns[index]!, at)
    this.add(waiting)
  }

  /** Tells of rows that were run without waiting for others. */
  tellRun(batch: AnsweredBatch, rows: number): void {
    this.#onRun(batch, rows)
  }

  #flush(): void {
    const batch = this.#open
    this.#open = this.#spare.pop() ?? this.#emptyBatch()
    void this.#run(batch)
  }

  async #run(batch: Batch): Promise<void> {
    const { rows, waiting, from } = batch
    const isRun = await this.#runRows(batch, { from: 0, rows, waiting, places: from })
    // So that no request fails for what stands in another.
    if (!isRun)
      for (const [index, each] of waiting.entries()) {
        const place = { from: from[index]!, rows: each.rows, waiting: [each], places: [from[index]!] }
        await this.#runRows(batch, place)
      }
    this.#waiting -= waiting.length
    if (this.#spare.length < 2)
      this.#spare.push({ ...batch, rows: 0, waiting: [], from: [], isReplay: false })
  }

  /** False where the model failed for several requests, none of which knows of it. */
  async #runRows(
    { columns, named, isReplay }: Batch,
    part: { from: number; rows: number; waiting: readonly Waiting[]; places: readonly number[] },
  ): Promise<boolean> {
    const { from, rows, waiting, places } = part
    let outputs: OutputColumns
    try {
      outputs = await this.#session.run(chunkOfBatch(this.#inputs, columns, { from, rows }))
    } catch (error) {
      if (waiting.length === 1) waiting[0]!.fail(error, { columns, named }, places[0]!)
      return waiting.length === 1
    }
    const batch =
      from === 0
        ? { columns, named }
        : namedBatch(
            this.#inputs,
            columns.map((column) => column.slice(from)),
          )
    const run = { ...batch, outputs, total: rows }
    if (!isReplay) this.#onRun(run, rows)
    for (const [index, each] of waiting.entries()) each.answer(run, places[index]! - from)
    return true
  }

  #emptyBatch(): Batch {
    const columns = this.#reader.makeColumns(batchRows)
    return { ...namedBatch(this.#inputs, columns), rows: 0, waiting: [], from: [], isReplay: false }
  }
}

/** Columns in order of inputs, and by name. */
export function namedBatch(inputs: readonly StartColumn[], columns: RowColumns): BatchColumns {
  // A column may be called “__proto__”.
  const named = Object.create(null) as ColumnChunk['columns']
  for (const [index, { name }] of inputs.entries()) named[name] = columns[index]!
  return { columns, named }
}

/** Some rows of a batch. */
export function chunkOfBatch(
  inputs: readonly StartColumn[],
  columns: RowColumns,
  { from, rows }: { from: number; rows: number },
): ColumnChunk {
  const cut = columns.map((column) =>
    column instanceof Float64Array ? column.subarray(from, from + rows) : column.slice(from, from + rows),
  )
  return { rows, columns: namedBatch(inputs, cut).named }
}

function copyColumn(source: Float64Array | string[], target: Float64Array | string[], at: number): void {
  for (let index = 0; index < source.length; index++) target[at + index] = source[index]!
}

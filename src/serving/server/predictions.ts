import { PipewrightError, reportOf } from '../../core/errors.ts'
import { shapedColumn } from '../../onnx/input-columns.ts'
import { CHUNK_ROWS, type ColumnChunk } from '../../tables/column-chunk.ts'
import type { RowColumns } from '../../tables/row-reader.ts'
import type { FieldProblem, RequestTrace } from '../handler.ts'
import type { OutputColumns } from '../../onnx/session.ts'
import type { VersionStatistics } from '../server-protocol.ts'
import { serverError } from './errors.ts'
import {
  batchRows,
  chunkOfBatch,
  namedBatch,
  type AnsweredBatch,
  type BatchColumns,
  type Waiting,
} from './micro-batches.ts'
import { noKnownField } from './no-known-field.ts'
import { joinOutputs, withoutProbabilities } from './output-columns.ts'
import { countAnswer, type ServerCounters } from './server-counters.ts'
import type { ServedVersion, ServingState } from './serving-state.ts'

/** Who asked, and since when it waits. */
export interface Asked {
  trace: RequestTrace
  /** `performance.now()` when the request was accepted. */
  receivedAt: number
  signal?: AbortSignal | undefined
}

/** Rows `from` to `from + rows` of the outputs, as they go back to whoever asked. */
export interface GivenAnswer {
  served: ServedVersion
  model: string
  version: number
  isFallback: boolean
  outputs: OutputColumns
  from: number
  rows: number
  /** How many rows the outputs have. */
  total: number
  ids: readonly string[]
}

/** Takes an answer, or why there is none. One of them is called, once. */
export interface Asker extends Asked {
  answered(answer: GivenAnswer): void
  failed(error: PipewrightError): void
}

const mostWaiting = 2_048

/** What a model says of columns that it was given. */
const callersMistakes = new Set(['onnx.column-missing', 'onnx.column-type', 'onnx.text-unusable'])

/** Everything between a request whose rows are to be read and its answer, over all versions that are served. */
export class Predictions {
  readonly #counters: ServerCounters
  readonly #onDefect: (error: unknown) => void
  #waiting = 0

  constructor(options: { counters: ServerCounters; onDefect: (error: unknown) => void }) {
    this.#counters = options.counters
    this.#onDefect = options.onDefect
  }

  /** Requests that are not answered yet. */
  get depth(): number {
    return this.#waiting
  }

  /** Reads one JSON object and runs it with what else has come. Gives the problems of one that cannot be read. */
  predictRow(
    row: unknown,
    { state, served, asker }: { state: ServingState; served: ServedVersion; asker: Asker },
  ): number | readonly FieldProblem[] {
    this.#admit()
    const { columns, at } = served.batches.place()
    const read = served.reader.readRow(row, columns, at)
    if (typeof read !== 'number') return read.map((problem) => ({ ...problem, row: 0 }))
    if (read === 0) return [noKnownField(row as object, { row: 0, columns: served.columns })]
    served.batches.add(this.#begin(1, { state, served, asker }))
    return read
  }

  /** Runs rows that were read already. Throws where columns are not what the version takes. */
  predictChunk(
    chunk: ColumnChunk,
    { state, served, asker }: { state: ServingState; served: ServedVersion; asker: Asker },
  ): void {
    this.#admit()
    for (const port of served.loaded.session.inputs) shapedColumn(port, chunk)
    const whole = completed(chunk, served)
    const waiting = this.#begin(chunk.rows, { state, served, asker })
    if (chunk.rows > 0 && chunk.rows <= batchRows / 4) served.batches.addChunk(whole, waiting)
    else void this.#runLarge(whole, { state, served, asker, waiting })
  }

  #admit(): void {
    if (this.#waiting >= mostWaiting) throw serverError('busy')
  }

  #begin(rows: number, request: { state: ServingState; served: ServedVersion; asker: Asker }): Waiting {
    this.#waiting += 1
    request.state.using += 1
    return new WaitingRequest(rows, { ...request, ending: this })
  }

  /** In parts, so that others get their turns, and nobody computes for a caller who has gone. */
  async #runLarge(
    chunk: ColumnChunk,
    {
      state,
      served,
      asker,
      waiting,
    }: { state: ServingState; served: ServedVersion; asker: Asker; waiting: Waiting },
  ): Promise<void> {
    const batch = namedBatch(served.columns, ownColumns(served, chunk))
    const { columns } = batch
    const parts: OutputColumns[] = []
    try {
      for (let from = 0; from === 0 || from < chunk.rows; from += CHUNK_ROWS) {
        requireWanted(asker, state)
        const rows = Math.min(CHUNK_ROWS, chunk.rows - from)
        const part =
          rows === chunk.rows
            ? { rows, columns: batch.named }
            : chunkOfBatch(served.columns, columns, { from, rows })
        const outputs = await served.loaded.session.run(part)
        served.batches.tellRun(
          { ...namedBatch(served.columns, ownColumns(served, part)), outputs, total: rows },
          rows,
        )
        parts.push(outputs)
      }
      waiting.answer({ ...batch, outputs: joinOutputs(parts), total: chunk.rows }, 0)
    } catch (error) {
      waiting.fail(error, batch, 0)
    }
  }

  /** Counts an answer, names its rows and writes it to the log. */
  finish(
    request: { state: ServingState; served: ServedVersion; asker: Asker },
    given: {
      rows: number
      batch: AnsweredBatch
      from: number
      fallback: ServingState['fallback']
    },
  ): void {
    const { state, served, asker } = request
    const { rows, batch, from, fallback } = given
    const time = Date.now()
    const latencySeconds = (performance.now() - asker.receivedAt) / 1000
    const { model, version, artifact } = fallback ? fallback.by : served.loaded
    const ids = state.ids.many({ version, artifact, time }, rows)
    const { outputs, total } = batch
    const counters: VersionStatistics = fallback ? fallback.counters : served.counters
    countAnswer(counters, { rows, from, outputs, latencySeconds, time })
    this.#leave(state)
    asker.answered({
      served,
      model,
      version,
      isFallback: fallback !== null,
      outputs: fallback?.hasOtherClasses ? withoutProbabilities(outputs) : outputs,
      from,
      rows,
      total,
      ids,
    })
    state.log.append({
      model: fallback ? fallback.logged : served.logged,
      time,
      latencySeconds,
      requestId: asker.trace.requestId,
      traceparent: asker.trace.traceparent,
      predictionIds: ids,
      firstRow: from,
      inputs: { rows, columns: batch.named },
      outputs,
    })
  }

  /** Counts a failure, and answers by the fallback where there is one for it. */
  async fail(
    request: { state: ServingState; served: ServedVersion; asker: Asker },
    given: { rows: number; columns: RowColumns; from: number; error: unknown },
  ): Promise<void> {
    const { state, served, asker } = request
    const { rows, columns, from } = given
    const error = this.#explained(given.error, served)
    const isModels = error.code === 'server.model-failed' || error.code === 'server.timeout'
    if (isModels) served.counters.errors += 1
    const { fallback } = state
    if (isModels && fallback) {
      // The columns are used again as soon as this returns.
      const own = columns.map((column) => column.slice(from, from + rows))
      const batch = namedBatch(served.columns, own)
      const outputs = await this.#answerInstead(fallback, { rows, columns: batch.named })
      if (outputs) {
        this.#counters.countError(error.code)
        const answered = { ...batch, outputs, total: rows }
        return this.finish(request, { rows, batch: answered, from: 0, fallback })
      }
    }
    this.#leave(state)
    asker.failed(error)
  }

  async #answerInstead(
    { by }: NonNullable<ServingState['fallback']>,
    chunk: ColumnChunk,
  ): Promise<OutputColumns | null> {
    try {
      return await by.answer(chunk)
    } catch (error) {
      this.#onDefect(error)
      return null
    }
  }

  #leave(state: ServingState): void {
    this.#waiting -= 1
    state.using -= 1
  }

  #explained(error: unknown, { key }: ServedVersion): PipewrightError {
    if (error instanceof PipewrightError && error.code.startsWith(`${serverError.area}.`)) return error
    if (error instanceof PipewrightError && callersMistakes.has(error.code)) return error
    this.#onDefect(error)
    return serverError('model-failed', { model: key, problem: reportOf(error).message }, { cause: error })
  }
}

class WaitingRequest implements Waiting {
  readonly rows: number
  readonly #request: { state: ServingState; served: ServedVersion; asker: Asker; ending: Predictions }

  constructor(
    rows: number,
    request: { state: ServingState; served: ServedVersion; asker: Asker; ending: Predictions },
  ) {
    this.rows = rows
    this.#request = request
  }

  answer(batch: AnsweredBatch, from: number): void {
    const { state, asker, ending } = this.#request
    const problem = unwanted(asker, state)
    if (problem) this.fail(problem, batch, from)
    else ending.finish(this.#request, { rows: this.rows, batch, from, fallback: null })
  }

  fail(error: unknown, { columns }: BatchColumns, from: number): void {
    void this.#request.ending.fail(this.#request, { rows: this.rows, columns, from, error })
  }
}

/** Why an answer would come too late, or reach nobody. */
function unwanted({ receivedAt, signal }: Asked, { configuration }: ServingState): PipewrightError | null {
  const { timeoutMs } = configuration
  if (signal?.aborted) return serverError('gone')
  return performance.now() - receivedAt > timeoutMs ? serverError('timeout', { limit: timeoutMs }) : null
}

function requireWanted(asked: Asked, state: ServingState): void {
  const problem = unwanted(asked, state)
  if (problem) throw problem
}

/** With the columns that others than this version need, of which the caller may know nothing. */
function completed(
  { rows, columns }: ColumnChunk,
  { columns: wanted, signature }: ServedVersion,
): ColumnChunk {
  const isOwn = new Set(signature.inputs.map(({ name }) => name))
  const missing = wanted.filter(({ name }) => !isOwn.has(name) && !Object.hasOwn(columns, name))
  if (missing.length === 0) return { rows, columns }
  const empty = missing.map(({ name, type }) => {
    const column =
      type === 'text' ? Array.from<string>({ length: rows }).fill('') : new Float64Array(rows).fill(NaN)
    return [name, column] as const
  })
  return { rows, columns: { ...columns, ...Object.fromEntries(empty) } }
}

function ownColumns({ columns }: ServedVersion, chunk: ColumnChunk): RowColumns {
  return columns.map(({ name }) => chunk.columns[name]!)
}

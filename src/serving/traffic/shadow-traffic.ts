import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ModelData, StartColumn } from '../../core/artifacts.ts'
import type { OutputColumns } from '../../onnx/session.ts'
import { rowReader, type RowColumns } from '../../tables/row-reader.ts'
import type { LoadedVersion } from '../server/load-version.ts'
import type { LoadableVersion, ShadowStatistics, VersionStatistics } from '../server-protocol.ts'
import type { ShadowJob, ShadowMessage } from './shadow-messages.ts'
import { comparedNumbers } from './compared-numbers.ts'

/** Rows that a version has answered, to be answered by shadows too. */
export interface MirroredRows {
  inputs: readonly StartColumn[]
  columns: RowColumns
  outputs: OutputColumns
  rows: number
  target: ModelData['target']
}

/** Versions whose answers are compared with those that are given out, and never returned. */
export interface ShadowTraffic {
  /** From now on these; `share` of the rows is copied to each. */
  use(shadows: readonly ShadowVersion[]): void
  mirror(rows: MirroredRows): void
  close(): Promise<void>
}

export interface ShadowVersion {
  key: string
  share: number
  loaded: LoadedVersion
  statistics: ShadowStatistics
  counters: VersionStatistics
}

const entry = new URL(`shadow-thread${extname(import.meta.filename)}`, import.meta.url)

/** Rows that wait for a shadow; what comes when there is no room is shed. */
const mostRows = 512
const gatherMs = 20

/** `onProblem` is told once of each shadow that cannot answer; rows for it are counted as dropped. */
export function createShadowTraffic(onProblem: (key: string, problem: string) => void): ShadowTraffic {
  let shadows: readonly Shadow[] = []
  return {
    use(wanted) {
      const kept = wanted.map((version) => {
        const known = shadows.find(
          ({ version: { key, loaded } }) =>
            key === version.key && loaded.artifact === version.loaded.artifact,
        )
        if (!known) return new Shadow(version, onProblem)
        known.version = version
        return known
      })
      for (const shadow of shadows) if (!kept.includes(shadow)) void shadow.close()
      shadows = kept
    },
    mirror(rows) {
      for (const shadow of shadows) if (Math.random() < shadow.version.share) shadow.take(rows)
    },
    close: async () => void (await Promise.all(shadows.map((shadow) => shadow.close()))),
  }
}

/** One version in a thread of its own, which the system lets run when nothing else wants to. */
class Shadow {
  version: ShadowVersion
  readonly #worker: Worker
  readonly #ended: Promise<void>
  readonly #inputs: readonly StartColumn[]
  readonly #places = new WeakMap<readonly StartColumn[], ReadonlyMap<string, number>>()
  /** Its columns have room for `mostRows`. */
  #gathered: ShadowJob
  #isBusy = true
  #isBroken = false
  #timer: NodeJS.Timeout | null = null

  constructor(version: ShadowVersion, onProblem: (key: string, problem: string) => void) {
    this.version = version
    this.#inputs = version.loaded.data.signature.inputs
    const columns = rowReader(this.#inputs).makeColumns(mostRows)
    this.#gathered = { rows: 0, columns, labels: [], numbers: new Float64Array(mostRows) }
    const { model, version: number, artifact, folder } = version.loaded
    const workerData: LoadableVersion = { model, version: number, artifact, folder }
    this.#worker = new Worker(entry, { workerData })
    this.#worker.on('message', (message: ShadowMessage) => {
      this.#isBusy = false
      if ('problem' in message) {
        if (!this.#isBroken) onProblem(version.key, message.problem)
        this.#isBroken = true
      } else if ('compared' in message) this.#count(message)
      if (this.#gathered.rows > 0) this.#schedule()
    })
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => resolve())
      this.#worker.on('error', (error) => {
        onProblem(version.key, (error as Error).message)
        this.#isBroken = true
      })
    })
  }

  /** As many of the rows as there is room for. */
  take({ inputs, columns, outputs, rows: offered, target }: MirroredRows): void {
    const job = this.#gathered
    const rows = this.#isBroken ? 0 : Math.min(offered, mostRows - job.rows)
    this.version.statistics.dropped += offered - rows
    if (rows === 0) return
    const places = this.#placesIn(inputs)
    for (const [index, { name }] of this.#inputs.entries()) {
      const source = columns[places.get(name)!]!
      const copy = job.columns[index]!
      for (let row = 0; row < rows; row++) copy[job.rows + row] = source[row]!
    }
    for (let row = 0; row < rows; row++) job.labels.push(String(outputs['label']?.[row] ?? ''))
    job.numbers.set(comparedNumbers(outputs, target, rows), job.rows)
    job.rows += rows
    if (!this.#isBusy) this.#schedule()
  }

  /** Looked up once for the columns of a version, of which there may be many. */
  #placesIn(inputs: readonly StartColumn[]): ReadonlyMap<string, number> {
    const known = this.#places.get(inputs)
    if (known) return known
    const places = new Map(inputs.map(({ name }, place) => [name, place]))
    this.#places.set(inputs, places)
    return places
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#isBroken = true
    this.#worker.postMessage(null, [])
    await this.#ended
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      const { rows, columns, labels, numbers } = this.#gathered
      const job: ShadowJob = {
        rows,
        columns: columns.map((column) => column.slice(0, rows)),
        labels,
        numbers: numbers.slice(0, rows),
      }
      this.#gathered = { rows: 0, columns, labels: [], numbers }
      this.#isBusy = true
      this.#worker.postMessage(job, [])
    }, gatherMs)
  }

  #count({ compared, agreed, difference }: Extract<ShadowMessage, { compared: number }>): void {
    const { statistics, counters } = this.version
    statistics.compared += compared
    statistics.agreed += agreed
    statistics.difference.count += difference.count
    statistics.difference.sum += difference.sum
    statistics.difference.sumOfSquares += difference.sumOfSquares
    counters.rows += compared
    counters.lastAt = Date.now()
  }
}

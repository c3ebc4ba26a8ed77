import { writePrediction, type LoggedModel, type PredictionRecord } from './prediction-record.ts'
import { openSegments, type SegmentWriter } from './segment-writer.ts'

/** What a server process answered, written in groups off the way of the requests. */
export interface PredictionLog {
  /**
   * Takes a record, which is in its file 200 ms later. A `LoggedModel` is one object for all of its records: each has
   * files of its own.
   */
  append(record: PredictionRecord): void
  statistics(): { records: number; bytes: number; dropped: number }
  /** Resolves when all records so far are in their files. */
  flush(): Promise<void>
  /** Closes the files of those that give no more answers. */
  end(models: readonly LoggedModel[]): Promise<void>
  close(): Promise<void>
}

/**
 * A log in a folder that several processes write to. `share` of the requests is logged, by chance. A disk that fails
 * costs records, never an answer.
 */
export function openPredictionLog(options: {
  folder: string
  worker: number
  share: number
  onError: (error: Error) => void
}): PredictionLog {
  const { folder, worker, share, onError } = options
  const segments = new Map<LoggedModel, SegmentWriter>()
  const segmentsOf = (model: LoggedModel): SegmentWriter => {
    const known = segments.get(model)
    if (known) return known
    const header = Buffer.from(JSON.stringify(model))
    const opened = openSegments({ folder, kind: 'predictions', worker, header, onError })
    segments.set(model, opened)
    return opened
  }
  const all = (): SegmentWriter[] => [...segments.values()]
  let records = 0
  let dropped = 0
  /** Of files whose models have ended. */
  const before = { bytes: 0, lost: 0 }
  return {
    append(record) {
      if (share < 1 && Math.random() >= share) return
      const isTaken = segmentsOf(record.model).put((writer) => writePrediction(writer, record))
      if (isTaken) records += 1
      else dropped += 1
    },
    statistics() {
      const bytes = all().reduce((sum, each) => sum + each.bytes, before.bytes)
      const lost = all().reduce((sum, each) => sum + each.lost, before.lost)
      return { records: records - lost, bytes, dropped: dropped + lost }
    },
    flush: async () => void (await Promise.all(all().map((each) => each.flush()))),
    async end(models) {
      for (const model of models) {
        const ended = segments.get(model)
        await ended?.close()
        if (!ended || !segments.delete(model)) continue
        before.bytes += ended.bytes
        before.lost += ended.lost
      }
    },
    close: async () => void (await Promise.all(all().map((each) => each.close()))),
  }
}

import { openPredictionLog, type PredictionLog } from '../log/prediction-log.ts'
import type { ServerStatistics } from '../server-protocol.ts'

/** The prediction logs of a process: one at a time is written to, those before it until their last request is answered. */
export interface PredictionLogs {
  open(log: { folder: string; share: number }): PredictionLog
  close(log: PredictionLog): Promise<void>
  closeAll(): Promise<void>
  /** Of all there ever were. */
  statistics(): ServerStatistics['log']
}

export function createPredictionLogs(options: {
  worker: number
  onError: (error: Error) => void
}): PredictionLogs {
  const open = new Set<PredictionLog>()
  let closed: ServerStatistics['log'] = { records: 0, bytes: 0, dropped: 0 }
  const close = async (log: PredictionLog): Promise<void> => {
    await log.close()
    if (open.delete(log)) closed = sumOf(closed, log.statistics())
  }
  return {
    open(log) {
      const opened = openPredictionLog({ ...options, ...log })
      open.add(opened)
      return opened
    },
    close,
    closeAll: async () => void (await Promise.all([...open].map(close))),
    statistics: () => [...open].map((log) => log.statistics()).reduce(sumOf, closed),
  }
}

function sumOf(a: ServerStatistics['log'], b: ServerStatistics['log']): ServerStatistics['log'] {
  return { records: a.records + b.records, bytes: a.bytes + b.bytes, dropped: a.dropped + b.dropped }
}

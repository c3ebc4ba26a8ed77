import pino from 'pino'
import type { ErrorReport } from '../../core/errors.ts'
import { reportOf } from '../../core/errors.ts'
import type { RequestTrace } from '../handler.ts'

/** What a server process says of itself, in lines of JSON. */
export interface ServerLog {
  note(message: string, values?: Readonly<Record<string, unknown>>): void
  /** A request that was refused or failed. A flood of them is summed up. */
  failure(failure: {
    error: unknown
    report: ErrorReport
    status: number
    trace: RequestTrace
    route: string
  }): void
  defect(error: unknown, during: string): void
  /** Resolves when it is written, or nobody reads it. */
  flush(): Promise<void>
}

const mostFailuresASecond = 20

export function createServerLog(options: {
  deployment: string
  worker: number
  logTo: number | string
}): ServerLog {
  const { deployment, worker, logTo } = options
  const destination = pino.destination({ dest: logTo, sync: false, minLength: 4_096, periodicFlush: 500 })
  // A host that is gone reads nothing any more; what is under way is still answered.
  destination.on('error', () => {})
  const log = pino({ base: { pid: process.pid, deployment, worker } }, destination)
  let second = 0
  let failures = 0
  /** Whether one more may be said; what was kept back in an earlier second is told first. */
  const mayTell = (): boolean => {
    const now = Math.floor(performance.now() / 1000)
    if (now !== second) {
      const kept = failures - mostFailuresASecond
      if (kept > 0) log.warn({ requests: kept }, 'more requests were refused or failed')
      second = now
      failures = 0
    }
    failures += 1
    return failures <= mostFailuresASecond
  }
  return {
    note: (message, values = {}) => log.info(values, message),
    failure({ error, report, status, trace, route }) {
      if (!mayTell()) return
      const { requestId, traceparent } = trace
      const values = { requestId, traceparent, route, status, code: report.code }
      // Messages may quote values of a request, of which nothing else here tells.
      if (status === 500) log.error({ ...values, err: error }, 'a request failed')
      else log.warn(values, 'a request was refused')
    },
    defect: (error, during) => log.error({ err: error, code: reportOf(error).code }, during),
    // Not at once: that would try for ever where nobody reads.
    flush: () =>
      new Promise((resolve) => {
        destination.once('error', () => resolve())
        destination.flush(() => resolve())
      }),
  }
}

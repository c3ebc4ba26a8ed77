import type { Gauge, ServerStatistics, ToServer } from '../server-protocol.ts'

/** How long the host is waited for. */
const othersMs = 500

/** The statistics of all processes of a deployment, of which only their host knows. */
export interface GatheredStatistics {
  /** Of this process alone where the host does not answer. */
  all(): Promise<readonly ServerStatistics[]>
  /** What the host knew beside, when it was asked last. */
  readonly gauges: readonly Gauge[]
  /** What the host tells of all of them. */
  take(message: Extract<ToServer, { type: 'statistics-of-all' }>): void
}

export function gatherStatistics(options: {
  own: () => ServerStatistics
  ask: (request: number) => void
}): GatheredStatistics {
  const { own, ask } = options
  const wanted = new Map<number, (workers: readonly ServerStatistics[]) => void>()
  let asked = 0
  let known: readonly Gauge[] = []
  return {
    get gauges() {
      return known
    },
    all() {
      asked += 1
      const request = asked
      return new Promise((resolve) => {
        const give = (workers: readonly ServerStatistics[]): void => {
          clearTimeout(timer)
          wanted.delete(request)
          const mine = own()
          resolve([mine, ...workers.filter(({ worker }) => worker !== mine.worker)])
        }
        const timer = setTimeout(() => give([]), othersMs)
        wanted.set(request, give)
        ask(request)
      })
    },
    take({ request, workers, gauges }) {
      known = gauges
      wanted.get(request)?.(workers)
    },
  }
}

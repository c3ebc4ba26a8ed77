import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { deploymentError } from './errors.ts'

/** Below the range from which systems take ports for connections of their own. */
const httpPorts = { from: 8_750, to: 8_999 }
const grpcPorts = { from: 9_750, to: 9_999 }
/** A server whose host was ended takes a moment to follow it. */
const defaultPatienceMs = 3_000
const retryMs = 50

/** The port that an endpoint shall listen at; it is free now. A `deployment.port-taken` error where the wished one is not. */
export async function findPort(options: {
  name: string
  host: string
  /** Null: any. */
  wished: number | null
  purpose: 'http' | 'grpc'
  /** Those of other deployments, which they will want again. */
  kept: ReadonlySet<number>
  /** How long a wished one is waited for. */
  patienceMs?: number
}): Promise<number> {
  const { name, host, wished, purpose, kept, patienceMs = defaultPatienceMs } = options
  if (wished !== null) {
    const until = Date.now() + patienceMs
    while (!(await isFree(wished, host))) {
      if (Date.now() > until) throw deploymentError('port-taken', { name, port: wished })
      await sleep(retryMs)
    }
    return wished
  }
  const { from, to } = purpose === 'http' ? httpPorts : grpcPorts
  const count = to - from + 1
  // Two hosts that look at the same moment shall not come to the same one.
  const first = Math.floor(Math.random() * count)
  for (let step = 0; step < count; step++) {
    const port = from + ((first + step) % count)
    if (!kept.has(port) && (await isFree(port, host))) return port
  }
  throw deploymentError('no-port', { from, to })
}

/** Nobody else listens there: not even one who would share the port, as the processes of an endpoint do. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

import { PipewrightError } from '../../core/errors.ts'
import type { SpawnWorker, WorkerExit } from '../../engine/worker-process.ts'
import type {
  FromServer,
  Gauge,
  ServerConfiguration,
  ServerStart,
  ServerStatistics,
  ToServer,
} from '../server-protocol.ts'
import { deploymentError } from './errors.ts'

/** One server process, from its start to its end. */
export interface ServerProcess {
  /** Rejects where it ends before it listens. */
  readonly listening: Promise<{ port: number; grpcPort: number | null }>
  readonly ended: Promise<WorkerExit>
  /**
   * Resolves when it serves this, or has ended: whatever follows it is started with it. Rejects where it refuses to, and
   * goes on with what it served before.
   */
  configure(configuration: ServerConfiguration): Promise<void>
  /** Lets it answer what it has accepted, and end; after `patienceMs` it is ended. */
  drain(patienceMs: number): Promise<void>
  kill(): void
}

export interface ServerListener {
  onStart: (pid: number) => void
  onStatistics: (statistics: ServerStatistics) => void
  statisticsOfAll: () => StatisticsOfAll
  onOutput: (text: string) => void
}

/** The newest of all processes, and what the host knows beside. */
export interface StatisticsOfAll {
  workers: ServerStatistics[]
  gauges: readonly Gauge[]
}

/** A process that loads large models on a busy machine takes a while. */
const startMs = 60_000

const lastWordsMs = 500

interface Waiting {
  resolve: () => void
  reject: (error: unknown) => void
}

export function startServerProcess(
  spawn: SpawnWorker,
  options: { start: ServerStart; configuration: ServerConfiguration; listener: ServerListener },
): ServerProcess {
  const { start, configuration, listener } = options
  const process = spawn()
  const waiting = new Map<number, Waiting>()
  const send = (message: ToServer): void => process.send(message)
  const ended = Promise.withResolvers<WorkerExit>()
  const listening = Promise.withResolvers<{ port: number; grpcPort: number | null }>()
  // Who starts a process may be gone by the time it fails.
  listening.promise.catch(() => {})
  const { name } = configuration
  const late = setTimeout(() => {
    listening.reject(deploymentError('too-slow-to-start', { name, seconds: startMs / 1_000 }))
    process.kill()
  }, startMs).unref()

  process.onStart((pid) => listener.onStart(pid))
  process.onOutput((text) => listener.onOutput(text))
  process.onExit((exit) => {
    clearTimeout(late)
    listening.reject(deploymentError('not-started', { name, how: howItEnded(exit) }))
    for (const { resolve } of waiting.values()) resolve()
    ended.resolve(exit)
  })
  process.onMessage((received) => {
    const message = received as FromServer
    switch (message.type) {
      case 'listening':
        clearTimeout(late)
        listening.resolve({ port: message.port, grpcPort: message.grpcPort })
        return
      case 'failed':
        listening.reject(new PipewrightError(message.error))
        return
      case 'configured':
        waiting.get(message.revision)?.resolve()
        return
      case 'refused':
        waiting.get(message.revision)?.reject(new PipewrightError(message.error))
        // Of what it was started with nothing can be served.
        if (message.revision === configuration.revision) listening.reject(new PipewrightError(message.error))
        return
      case 'statistics':
        listener.onStatistics(message.statistics)
        return
      case 'statistics-wanted':
        send({ type: 'statistics-of-all', request: message.request, ...listener.statisticsOfAll() })
        return
      case 'drained':
        // What native libraries do at the end is not waited for.
        setTimeout(() => process.kill(), lastWordsMs).unref()
        return
    }
  })
  send({ type: 'start', start, configuration })

  return {
    listening: listening.promise,
    ended: ended.promise,
    async configure(next) {
      const { revision } = next
      try {
        await new Promise<void>((resolve, reject) => {
          waiting.set(revision, { resolve, reject })
          send({ type: 'configure', configuration: next })
        })
      } finally {
        waiting.delete(revision)
      }
    },
    async drain(patienceMs) {
      const late = setTimeout(() => process.kill(), patienceMs)
      send({ type: 'drain' })
      await ended.promise
      clearTimeout(late)
    },
    kill: () => process.kill(),
  }
}

/** With the comma that it is read after; empty for an end without a word. */
export function howItEnded({ code, signal, problem }: WorkerExit): string {
  if (problem !== undefined) return `: ${problem}`
  if (signal !== null) return `, by the signal ${signal}`
  return code === null || code === 0 ? '' : `, with the exit code ${code}`
}

import { PipewrightError } from '../core/errors.ts'
import type { SpawnWorker, WorkerProcess } from '../engine/worker-process.ts'
import { viewError } from './errors.ts'
import type { FromViewer, ToViewer, ViewAnswer, ViewerSetup, ViewMethod, ViewRequest } from './view-calls.ts'

/** Looks into tables, models and files, away from the host: in a process that may be ended. */
export interface Viewer {
  call<Method extends ViewMethod>(
    method: Method,
    request: ViewRequest<Method>,
    signal?: AbortSignal,
  ): Promise<ViewAnswer<Method>>
  /** Starts the process before it is asked for anything. */
  warm(): void
  close(): void
}

/** A lookup that takes longer has gone wrong, and would keep others waiting. */
const longestMs = 300_000
/** A process that nobody asks for anything gives its memory back. */
const usualIdleMs = 10 * 60_000

interface Pending {
  method: ViewMethod
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/** A process is started with the first call, and again after one that was lost. */
export function openViewer(options: {
  spawn: SpawnWorker
  setup: ViewerSetup
  /** After which time without a call the process ends. */
  idleMs?: number
  /** Told of what is ours to mend. */
  onDefect: (details: string, method: ViewMethod) => void
}): Viewer {
  const { spawn, setup, onDefect, idleMs = usualIdleMs } = options
  const pending = new Map<number, Pending>()
  let process: WorkerProcess | undefined
  let idle: NodeJS.Timeout | undefined
  let last = 0

  const send = (message: ToViewer): void => process?.send(message)
  const settle = (id: number, how: (call: Pending) => void): void => {
    const call = pending.get(id)
    if (call) how(call)
  }
  const start = (): void => {
    const started = spawn()
    process = started
    started.onOutput(() => {})
    started.onMessage((received) => {
      const message = received as FromViewer
      if (message.kind === 'answer') return settle(message.id, ({ resolve }) => resolve(message.value))
      const { error, details, id } = message
      const call = pending.get(id)
      if (call && error.kind === 'defect') onDefect(details, call.method)
      settle(id, ({ reject }) => reject(new PipewrightError(error)))
    })
    started.onExit(() => {
      if (process !== started) return
      process = undefined
      for (const { reject } of pending.values()) reject(viewError('lost'))
    })
    send({ kind: 'setup', setup })
  }
  const end = (): void => {
    clearTimeout(idle)
    const ended = process
    process = undefined
    for (const { reject } of pending.values()) reject(viewError('lost'))
    ended?.kill()
  }
  const rest = (): void => {
    clearTimeout(idle)
    idle = setTimeout(end, idleMs).unref()
  }
  return {
    async call(method, request, signal) {
      signal?.throwIfAborted()
      if (!process) start()
      clearTimeout(idle)
      const id = ++last
      const answer = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject, method }))
      send({ kind: 'call', id, method, request })
      const cancel = (): void => {
        settle(id, ({ reject }) => reject(signal?.reason))
        send({ kind: 'cancel', id })
      }
      signal?.addEventListener('abort', cancel, { once: true })
      const slow = setTimeout(() => {
        settle(id, ({ reject }) => reject(viewError('too-slow', { seconds: longestMs / 1000 })))
        end()
      }, longestMs).unref()
      try {
        return (await answer) as ViewAnswer<typeof method>
      } finally {
        clearTimeout(slow)
        signal?.removeEventListener('abort', cancel)
        pending.delete(id)
        if (pending.size === 0) rest()
      }
    },
    warm() {
      if (process) return
      start()
      rest()
    },
    close: end,
  }
}

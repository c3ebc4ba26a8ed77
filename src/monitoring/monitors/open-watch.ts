import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FromWatch, ToWatch, WatchCalls, WatchMethod, WatchSetup } from './watch-messages.ts'

/** Reads logs and computes, away from the host's own thread: in one that is there while it is asked. */
export interface Watch {
  call<Method extends WatchMethod>(
    method: Method,
    request: Parameters<WatchCalls[Method]>[0],
  ): Promise<ReturnType<WatchCalls[Method]>>
  close(): Promise<void>
}

const entry = new URL(`watch-thread${extname(import.meta.filename)}`, import.meta.url)

/** Megabytes: a window holds at most some ten. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 4 }

/** Without a question it ends: it holds some ten megabytes, and goes on from what is stored. */
const idleMs = 2_000

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

export function openWatch(setup: () => WatchSetup): Watch {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let last = 0
  let idle: NodeJS.Timeout | undefined
  const fail = (error: unknown): void => {
    worker = null
    for (const { reject } of pending.values()) reject(error)
    pending.clear()
  }
  const rest = (resting: Worker): void => {
    resting.unref()
    idle = setTimeout(() => {
      if (worker === resting) worker = null
      void resting.terminate()
    }, idleMs).unref()
  }
  const start = (): Worker => {
    const started = new Worker(entry, { workerData: setup(), resourceLimits })
    started.unref()
    started.on('message', (message: FromWatch) => {
      const call = pending.get(message.id)
      pending.delete(message.id)
      if ('problem' in message) call?.reject(new Error(message.problem))
      else call?.resolve(message.value)
      if (pending.size === 0) rest(started)
    })
    started.on('error', fail)
    started.on('exit', (code) => {
      if (worker === started) fail(new Error(`the thread that measures ended with ${code}`))
    })
    return started
  }
  return {
    call(method, request) {
      clearTimeout(idle)
      worker ??= start()
      const id = ++last
      const answer = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }))
      worker.ref()
      worker.postMessage({ id, method, request } satisfies ToWatch, [])
      return answer as Promise<ReturnType<WatchCalls[typeof method]>>
    },
    async close() {
      clearTimeout(idle)
      const ended = worker
      worker = null
      await ended?.terminate()
      for (const { reject } of pending.values()) reject(new Error('the thread that measures was ended'))
    },
  }
}

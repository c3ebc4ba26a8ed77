import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { PipewrightError } from '../../core/errors.ts'
import type { LabellingAnswer, LabellingCalls, LabellingRequest } from './labelling-messages.ts'

/** The thread of labelling, as the host sees it: it begins with the first question, and ends when nobody asks any more. */
export interface LabellingThread extends LabellingCalls {
  close(): Promise<void>
}

const entry = new URL(`labelling-thread${extname(import.meta.filename)}`, import.meta.url)
const idleMs = 60_000

interface Pending {
  resolve(value: unknown): void
  reject(error: unknown): void
}

export function openLabellingThread(onDefect: (error: unknown, during: string) => void): LabellingThread {
  const pending = new Map<number, Pending>()
  let worker: Worker | null = null
  let lastCall = 0
  let idle: NodeJS.Timeout | null = null
  const fail = (error: unknown): void => {
    for (const each of pending.values()) each.reject(error)
    pending.clear()
  }
  const end = async (): Promise<void> => {
    if (idle) clearTimeout(idle)
    const ended = worker
    worker = null
    await ended?.terminate()
  }
  const started = (): Worker => {
    if (worker) return worker
    const opened = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb: 8 } })
    opened.unref()
    opened.on('message', (answer: LabellingAnswer) => {
      const asked = pending.get(answer.call)
      pending.delete(answer.call)
      if ('value' in answer) asked?.resolve(answer.value)
      else {
        if (answer.error.kind === 'defect') onDefect(new Error(answer.details), 'labelling')
        asked?.reject(new PipewrightError(answer.error))
      }
      if (pending.size === 0) idle = setTimeout(() => void end(), idleMs).unref()
    })
    opened.on('error', fail)
    opened.once('exit', () => {
      // Another may have been asked since this one was let go.
      if (worker !== opened) return
      worker = null
      fail(new Error('the thread of labelling has ended'))
    })
    worker = opened
    return opened
  }
  const ask = <Method extends keyof LabellingCalls>(method: Method): LabellingCalls[Method] =>
    ((request: unknown) =>
      new Promise((resolve, reject) => {
        if (idle) clearTimeout(idle)
        const call = ++lastCall
        pending.set(call, { resolve, reject })
        started().postMessage({ call, method, request } satisfies LabellingRequest, [])
      })) as LabellingCalls[Method]
  return {
    queue: ask('queue'),
    match: ask('match'),
    vote: ask('vote'),
    surelyVoted: ask('surelyVoted'),
    async close() {
      await end()
      fail(new Error('the thread of labelling has ended'))
    },
  }
}

import { reportOf, PipewrightError } from '../core/errors.ts'
import type { Progress } from '../node-kit/run-context.ts'
import type { StepNote } from './run-events.ts'
import type { HostCalls, HostMessage, Job, JobEnd, WorkerMessage } from './worker-protocol.ts'
import type { WorkerExit, WorkerProcess } from './worker-process.ts'

export const cancelGraceMs = 2_000
/** How much of what a worker printed last is looked at when it is lost. */
const tailLength = 8_192

/** Lets a job be done and heard of. */
export interface JobOrder {
  job: Job
  signal: AbortSignal
  onProgress(progress: Progress): void
  onNote(note: StepNote): void
  onOutput(text: string): void
  /** Answers what the runner asks of its host; a throw goes back to the runner. */
  calls: { [Method in keyof HostCalls]: HostCalls[Method] }
}

/** The worker died before the job ended. `printed` is the last it said. */
export interface LostJob {
  kind: 'lost'
  exit: WorkerExit
  printed: string
}

/** One step worker process, as the pool keeps it. */
export interface StepWorker {
  readonly isAlive: boolean
  /** One job at a time. Never rejects. */
  run(order: JobOrder): Promise<JobEnd | LostJob>
  kill(): void
}

export function createStepWorker(worker: WorkerProcess): StepWorker {
  let current: { id: number; order: JobOrder; end(how: JobEnd | LostJob): void } | undefined
  let exit: WorkerExit | undefined
  let printed = ''
  let lastJob = 0
  const send = (message: HostMessage): void => worker.send(message)

  worker.onOutput((text) => {
    printed = (printed + text).slice(-tailLength)
    current?.order.onOutput(text)
  })
  worker.onExit((how) => {
    exit = how
    current?.end({ kind: 'lost', exit: how, printed })
  })
  worker.onMessage((received) => {
    const message = received as WorkerMessage
    // A job that was given up may still be talking.
    if (!current || message.id !== current.id) return
    switch (message.kind) {
      case 'progress':
        current.order.onProgress(message.progress)
        return
      case 'note':
        current.order.onNote(message.note)
        return
      case 'call':
        void answerOf(message, current.order).then(send)
        return
      case 'end':
        current.end(message.end)
        return
    }
  })

  return {
    get isAlive() {
      return exit === undefined
    },
    kill: () => worker.kill(),
    run: (order) =>
      new Promise((resolve) => {
        const id = ++lastJob
        let grace: NodeJS.Timeout | undefined
        const cancel = (): void => {
          send({ kind: 'cancel', id })
          grace = setTimeout(() => worker.kill(), cancelGraceMs)
        }
        const end = (how: JobEnd | LostJob): void => {
          clearTimeout(grace)
          order.signal.removeEventListener('abort', cancel)
          current = undefined
          resolve(order.signal.aborted && how.kind === 'lost' ? { kind: 'cancelled' } : how)
        }
        if (exit) return resolve({ kind: 'lost', exit, printed })
        printed = ''
        current = { id, order, end }
        send({ kind: 'job', id, job: order.job })
        if (order.signal.aborted) cancel()
        else order.signal.addEventListener('abort', cancel, { once: true })
      }),
  }
}

async function answerOf(
  message: WorkerMessage & { kind: 'call' },
  { calls }: JobOrder,
): Promise<HostMessage> {
  const { call, method, request } = message
  try {
    const answer = calls[method] as (request: unknown) => unknown
    return { kind: 'reply', call, value: await answer(request) }
  } catch (thrown) {
    const retryable = thrown instanceof PipewrightError && thrown.retryable
    return { kind: 'refusal', call, error: reportOf(thrown), retryable }
  }
}

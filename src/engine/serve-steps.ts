import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { PipewrightError } from '../core/errors.ts'
import { carryOutJob, type RunnerList } from './carry-out-job.ts'
import type { HostChannel } from './host-channel.ts'
import type { CallHost, OpenLog } from './step-context.ts'
import { throttleProgress } from './throttle-progress.ts'
import type { HostCalls, HostMessage, Job, WorkerMessage } from './worker-protocol.ts'

/** Makes this process a step worker: it does one job at a time, as its host says. */
export function serveSteps(options: { runners: RunnerList; channel: HostChannel; openLog: OpenLog }): void {
  const { runners, channel, openLog } = options
  // What steps leave behind are buffers, beside a small heap: to mark it at once costs a fraction of marking it bit by bit.
  setFlagsFromString('--no-incremental-marking')
  // Else each 64 MB of buffers are a reason to look through the whole heap, however few of them are still in use. Of other
  // versions of V8 than that of Node 24 it is not known whether they have the flag; one that has not says so at each start.
  if (process.versions.v8.startsWith('13.')) setFlagsFromString('--external-memory-accounted-in-global-limit')
  const calls = createCalls(channel)
  const cancels = new Map<number, AbortController>()
  const known = new Set<string>()
  const tell = (message: WorkerMessage): void => channel.send(message)

  const start = async (id: number, job: Job): Promise<void> => {
    const cancel = new AbortController()
    cancels.set(id, cancel)
    const progress = throttleProgress((now) => tell({ kind: 'progress', id, progress: now }))
    const end = await carryOutJob({
      job,
      runners,
      signal: cancel.signal,
      tellProgress: (now) => progress.tell(now),
      tellNote: (note) => tell({ kind: 'note', id, note }),
      callHost: ((method, request) => calls.call(id, method, request)) as CallHost,
      openLog,
    })
    progress.stop()
    cancels.delete(id)
    tell({ kind: 'end', id, end })
    if (known.has(job.type)) return
    known.add(job.type)
    // Workers do not end by themselves, which is when it would be done.
    flushCompileCache()
  }

  channel.onMessage((received) => {
    const message = received as HostMessage
    switch (message.kind) {
      case 'job':
        void start(message.id, message.job)
        return
      case 'cancel':
        cancels.get(message.id)?.abort()
        return
      case 'reply':
        calls.settle(message.call, (pending) => pending.resolve(message.value))
        return
      case 'refusal':
        calls.settle(message.call, (pending) => pending.reject(new PipewrightError(message.error, message)))
        return
    }
  })
}

interface PendingCall {
  resolve(value: unknown): void
  reject(error: PipewrightError): void
}

/** Calls that wait for the host's answer. */
function createCalls(channel: HostChannel) {
  const pending = new Map<number, PendingCall>()
  let last = 0
  return {
    call: (id: number, method: keyof HostCalls, request: unknown) =>
      new Promise<unknown>((resolve, reject) => {
        const call = ++last
        pending.set(call, { resolve, reject })
        channel.send({ kind: 'call', id, call, method, request } satisfies WorkerMessage)
      }),
    settle(call: number, how: (pending: PendingCall) => void) {
      const waiting = pending.get(call)
      pending.delete(call)
      if (waiting) how(waiting)
    },
  }
}

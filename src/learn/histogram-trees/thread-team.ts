import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { startStep, threadSignals, waitForOthers } from '../threads/thread-signals.ts'
import { leaveTeam, operationNames, teamOperations, type TeamOperation } from './team-operations.ts'
import { ThreadShare } from './thread-share.ts'
import type { ThreadTask } from './thread-task.ts'

/** Threads that do each operation together, this one among them. */
export interface ThreadTeam {
  /** Returns when all have done their share. */
  run(operation: TeamOperation, ...args: number[]): void
  close(): Promise<void>
}

const entry = new URL(`team-thread${extname(import.meta.filename)}`, import.meta.url)

/** Starts the threads that the plan asks for, and waits until they are there. Closing ends them, whatever they do. */
export async function startTeam(task: ThreadTask): Promise<ThreadTeam> {
  const others = task.plan.threads - 1
  const signals = threadSignals(task.memory.buffer, task.plan.at.control)
  const workers = Array.from(
    { length: others },
    (_, index) => new Worker(entry, { workerData: { task, thread: index + 1 } }),
  )
  const end = async (): Promise<void> => {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')))
  } catch (error) {
    await end()
    throw error
  }
  const share = new ThreadShare(task, 0)
  return {
    run(operation, ...args) {
      signals.arguments.set(args)
      if (others > 0) startStep(signals, operationNames.indexOf(operation))
      teamOperations[operation](share, signals.arguments)
      if (others > 0 && !waitForOthers(signals, others)) throw new Error(`a thread failed at ${operation}`)
    },
    async close() {
      if (others > 0) startStep(signals, leaveTeam)
      await end()
    },
  }
}

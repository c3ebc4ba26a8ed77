import { parentPort, workerData } from 'node:worker_threads'
import { finishStep, threadSignals, waitForStep } from '../threads/thread-signals.ts'
import { leaveTeam, operationNames, teamOperations } from './team-operations.ts'
import { ThreadShare } from './thread-share.ts'
import type { ThreadTask } from './thread-task.ts'

/** The life of a thread: it does its share of each step until it is told to leave. */
const { task, thread } = workerData as { task: ThreadTask; thread: number }
const share = new ThreadShare(task, thread)
const signals = threadSignals(task.memory.buffer, task.plan.at.control)
let last = 0
parentPort!.postMessage('ready', [])
for (;;) {
  const { step, operation } = waitForStep(signals, last)
  if (operation === leaveTeam) break
  last = step
  let failed = false
  try {
    teamOperations[operationNames[operation]!](share, signals.arguments)
  } catch {
    failed = true
  }
  finishStep(signals, failed)
}

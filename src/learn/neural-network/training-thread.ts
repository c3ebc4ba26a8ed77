import { parentPort, workerData } from 'node:worker_threads'
import { finishStep, threadSignals, waitForStep } from '../threads/thread-signals.ts'
import { openGradients } from './open-gradients.ts'
import { openPartTrainer } from './part-trainer.ts'
import type { TrainingMemory, TrainingPlan } from './training-memory.ts'
import { leave } from './training-team.ts'

/** The life of a thread: it works on its parts of each batch until it is told to leave. */
const { plan, memory, thread, threads } = workerData as {
  plan: TrainingPlan
  memory: TrainingMemory
  thread: number
  threads: number
}
const trainer = openPartTrainer(plan, memory, await openGradients(plan))
const signals = threadSignals(memory.control, 0)
let last = 0
parentPort!.postMessage('ready', [])
for (;;) {
  const { step, operation } = waitForStep(signals, last)
  if (operation === leave) break
  last = step
  let failed = false
  try {
    const [first, rows, number] = signals.arguments as unknown as [number, number, number]
    for (let part = thread; part < plan.parts; part += threads)
      await trainer.train({ first, rows, step: number }, part)
  } catch {
    failed = true
  }
  finishStep(signals, failed)
}
await trainer.close()

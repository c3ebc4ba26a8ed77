import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { startStep, threadSignals, waitForOthers } from '../threads/thread-signals.ts'
import { openGradients } from './open-gradients.ts'
import { openPartTrainer, type Batch } from './part-trainer.ts'
import type { TrainingMemory, TrainingPlan } from './training-memory.ts'

/** Threads that work on the parts of a batch, this one among them. */
export interface TrainingTeam {
  /** Returns when the derivatives of all parts are in the memory. */
  train(batch: Batch): Promise<void>
  close(): Promise<void>
}

const gradient = 0
export const leave = 1

const entry = new URL(`training-thread${extname(import.meta.filename)}`, import.meta.url)

export async function startTeam(
  plan: TrainingPlan,
  memory: TrainingMemory,
  wanted: number,
): Promise<TrainingTeam> {
  // TensorFlow has threads of its own.
  const threads = plan.engine === 'tensorflow' ? 1 : Math.min(wanted, plan.parts)
  const signals = threadSignals(memory.control, 0)
  const workers = Array.from(
    { length: threads - 1 },
    (_, index) => new Worker(entry, { workerData: { plan, memory, thread: index + 1, threads } }),
  )
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  const trainer = openPartTrainer(plan, memory, await openGradients(plan))
  const others = workers.length
  return {
    async train(batch) {
      signals.arguments.set([batch.first, batch.rows, batch.step])
      if (others > 0) startStep(signals, gradient)
      for (let part = 0; part < plan.parts; part += threads) await trainer.train(batch, part)
      if (others > 0 && !waitForOthers(signals, others)) throw new Error('a training thread failed')
    },
    async close() {
      const ended = workers.map((worker) => once(worker, 'exit'))
      if (others > 0) startStep(signals, leave)
      await Promise.all(ended)
      await trainer.close()
    },
  }
}

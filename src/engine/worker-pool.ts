import type { JobEnd } from './worker-protocol.ts'
import { createStepWorker, type JobOrder, type LostJob, type StepWorker } from './step-worker.ts'
import type { SpawnWorker } from './worker-process.ts'

/** Warm step workers. There are never more than jobs were in progress at a time. */
export interface WorkerPool {
  /** `code` is the state of the runners' code: a worker that has loaded another one is not used again. */
  run(order: JobOrder, options: { code: string }): Promise<JobEnd | LostJob>
  /** Ends all workers, busy ones too. */
  close(): void
}

interface PooledWorker extends StepWorker {
  code: string
}

export function createWorkerPool(spawn: SpawnWorker): WorkerPool {
  const all = new Set<PooledWorker>()
  let idle: PooledWorker[] = []

  const retire = (worker: PooledWorker): void => {
    all.delete(worker)
    worker.kill()
  }
  const takeIdle = (code: string): PooledWorker | undefined => {
    for (const worker of idle) if (!worker.isAlive || worker.code !== code) retire(worker)
    idle = idle.filter((worker) => all.has(worker))
    // The one that worked last is the warmest.
    return idle.pop()
  }
  const start = (code: string): PooledWorker => {
    const worker: PooledWorker = Object.assign(createStepWorker(spawn()), { code })
    all.add(worker)
    return worker
  }
  return {
    async run(order, { code }) {
      const worker = takeIdle(code) ?? start(code)
      const end = await worker.run(order)
      if (worker.isAlive && all.has(worker)) idle.push(worker)
      else all.delete(worker)
      return end
    },
    close() {
      for (const worker of all) retire(worker)
      idle = []
    },
  }
}

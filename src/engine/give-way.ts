import { constants, setPriority } from 'node:os'
import type { SpawnWorker, WorkerProcess } from './worker-process.ts'

const levels = { less: constants.priority.PRIORITY_BELOW_NORMAL, least: constants.priority.PRIORITY_LOW }

/** Lets a worker have what others leave of the processors. Threads that it has already may keep what they had. */
export function giveWay(worker: WorkerProcess, level: keyof typeof levels): void {
  worker.onStart((pid) => {
    try {
      setPriority(pid, levels[level])
    } catch {
      // It has ended already, or the system does not allow it: it works, with more in its way.
    }
  })
}

export interface YieldingWorkers {
  spawn: SpawnWorker
  /** From now on there is a window, which answers before they work. */
  yieldToWindow(): void
}

/** Workers that use the processors like any program until somebody looks on. */
export function createYieldingWorkers(spawn: SpawnWorker): YieldingWorkers {
  const alive = new Set<WorkerProcess>()
  let isYielding = false
  return {
    spawn() {
      const worker = spawn()
      alive.add(worker)
      worker.onExit(() => void alive.delete(worker))
      if (isYielding) giveWay(worker, 'less')
      return worker
    },
    yieldToWindow() {
      if (isYielding) return
      isYielding = true
      for (const worker of alive) giveWay(worker, 'less')
    },
  }
}

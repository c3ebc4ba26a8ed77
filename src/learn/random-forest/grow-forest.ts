import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FitRun } from '../learner.ts'
import type { ForestTask, GrownForestTree } from './forest-task.ts'
import { growTreeOfForest } from './grow-tree-of-forest.ts'

const entry = new URL(`forest-thread${extname(import.meta.filename)}`, import.meta.url)

/** Grows all trees, each on one thread; a tree is the same whichever that is. */
export async function growForest(options: {
  task: ForestTask
  threads: number
  run: FitRun
  turn: () => Promise<void> | undefined
}): Promise<GrownForestTree[]> {
  const { task, threads, run, turn } = options
  const { trees } = task.parameters
  const grown: GrownForestTree[] = []
  let next = 0
  const tell = (done: number): void =>
    run.progress({ share: done / trees, note: `growing tree ${done + 1} of ${trees}` })
  if (threads <= 1) {
    for (; next < trees; next++) {
      tell(next)
      grown[next] = growTreeOfForest(task, next)
      await turn()
    }
    return grown
  }
  await onWorkers(task, { threads, run }, (worker, finish) => {
    let done = 0
    const give = (): void => {
      if (next < trees) worker.postMessage(next++, [])
      else finish()
    }
    worker.on('message', (answer: { tree: number; grown: GrownForestTree }) => {
      grown[answer.tree] = answer.grown
      done++
      tell(Math.max(done, next - threads))
      give()
    })
    give()
  })
  return grown
}

/** Lets workers work until each has finished; ends them then, or at once when one fails or the run is given up. */
async function onWorkers(
  task: ForestTask,
  { threads, run }: { threads: number; run: FitRun },
  start: (worker: Worker, finish: () => void) => void,
): Promise<void> {
  run.signal.throwIfAborted()
  const workers = Array.from({ length: threads }, () => new Worker(entry, { workerData: { task } }))
  let watch: ReturnType<typeof setInterval> | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      let working = threads
      // The signal has no event.
      watch = setInterval(() => {
        try {
          run.signal.throwIfAborted()
        } catch (reason) {
          reject(reason)
        }
      }, 100)
      for (const worker of workers) {
        worker.on('error', reject)
        start(worker, () => {
          working--
          if (working === 0) resolve()
        })
      }
    })
  } finally {
    clearInterval(watch)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

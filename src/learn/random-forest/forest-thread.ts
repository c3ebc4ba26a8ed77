import { parentPort, workerData } from 'node:worker_threads'
import { growTreeOfForest } from './grow-tree-of-forest.ts'
import type { ForestTask } from './forest-task.ts'

/** The life of a thread: it grows the trees whose numbers it is sent, one after the other. */
const { task } = workerData as { task: ForestTask }
parentPort!.on('message', (tree: number) => {
  parentPort!.postMessage({ tree, grown: growTreeOfForest(task, tree) }, [])
})

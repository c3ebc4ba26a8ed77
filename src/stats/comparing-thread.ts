import { parentPort, workerData } from 'node:worker_threads'
import { buffersIn, compareTaken, type ColumnPair } from './column-pair.ts'
import type { ComparedInThread } from './compared-in-thread.ts'
import type { DriftSettings } from './drift-settings.ts'

/** The life of a thread: it compares the columns that it is sent, one after the other. */
const { settings } = workerData as { settings: DriftSettings }
parentPort!.on('message', (pair: ColumnPair) => {
  const found = compareTaken(pair, settings)
  const buffers = buffersIn(pair)
  parentPort!.postMessage({ found, buffers } satisfies ComparedInThread, buffers)
})

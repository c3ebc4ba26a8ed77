import { parentPort, workerData } from 'node:worker_threads'
import { compareTaken, type ColumnPair } from './column-pair.ts'
import type { DriftSettings } from './drift-settings.ts'

/** The life of a thread: it compares the columns that it is sent, one after the other. */
const { settings } = workerData as { settings: DriftSettings }
parentPort!.on('message', (pair: ColumnPair) => {
  parentPort!.postMessage(compareTaken(pair, settings), [])
})

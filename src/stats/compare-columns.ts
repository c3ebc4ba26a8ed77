import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ComparedColumn } from '../core/drift-content.ts'
import { arraysIn, buffersIn, compareTaken, type ColumnPair } from './column-pair.ts'
import type { ComparedInThread } from './compared-in-thread.ts'
import type { DriftSettings } from './drift-settings.ts'
import { SpareMemory } from './spare-memory.ts'

const entry = new URL(`comparing-thread${extname(import.meta.filename)}`, import.meta.url)

/** Fewer numbers are compared sooner than they are handed over. */
const fewNumbers = 50_000

/** Gives columns one by one; `room` is memory for so many numbers, best taken for them. */
export type ColumnSource = (
  room: (numbers: number) => Float64Array<ArrayBuffer>,
) => AsyncIterable<ColumnPair> | Iterable<ColumnPair>

/**
 * Compares columns as they come, each on one of so many threads: what is found does not depend on their number. Arrays of
 * numbers are taken over with their memory; no more columns than threads, and one, are held at a time.
 */
export async function compareColumns(
  source: ColumnSource,
  { settings, threads }: { settings: DriftSettings; threads: number },
): Promise<ComparedColumn[]> {
  const memory = new SpareMemory(2 * (threads + 1))
  const compared: ComparedColumn[] = []
  const workers: Worker[] = []
  const idle: Worker[] = []
  const running = new Map<number, Promise<number>>()
  const onWorker = async (pair: ColumnPair, place: number): Promise<number> => {
    const worker = idle.pop() ?? startWorker()
    const { found, buffers } = await askWorker(worker, pair)
    compared[place] = found
    memory.giveBack(buffers)
    idle.push(worker)
    return place
  }
  const startWorker = (): Worker => {
    const worker = new Worker(entry, { workerData: { settings } })
    workers.push(worker)
    return worker
  }
  try {
    let place = 0
    for await (const pair of source((numbers) => memory.take(numbers))) {
      if (running.size >= threads) running.delete(await Promise.race(running.values()))
      if (threads > 1 && numbersIn(pair) >= fewNumbers) {
        const done = onWorker(pair, place)
        // What fails is thrown where it is waited for.
        done.catch(() => {})
        running.set(place, done)
      } else {
        compared[place] = compareTaken(pair, settings)
        memory.giveBack(buffersIn(pair))
      }
      place++
    }
    await Promise.all(running.values())
    return compared
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

const numbersIn = (pair: ColumnPair): number => arraysIn(pair).reduce((sum, { length }) => sum + length, 0)

async function askWorker(worker: Worker, pair: ColumnPair): Promise<ComparedInThread> {
  const answer = once(worker, 'message')
  worker.postMessage(pair, buffersIn(pair))
  const [compared] = (await answer) as [ComparedInThread]
  return compared
}

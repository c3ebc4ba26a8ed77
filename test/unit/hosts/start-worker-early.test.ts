import { expect, test } from 'vitest'
import type { WorkerProcess } from '../../../src/engine/worker-process.ts'
import { builtInComposition } from '../../../src/hosts/built-in-composition.ts'
import { startWorkerEarly } from '../../../src/hosts/start-worker-early.ts'

function countingComposition() {
  const started: { kills: number }[] = []
  const spawn = (): WorkerProcess => {
    const worker = { kills: 0 }
    started.push(worker)
    return {
      onStart() {},
      send() {},
      onMessage() {},
      onOutput() {},
      onExit() {},
      kill: () => void worker.kills++,
    }
  }
  return { started, composition: { ...builtInComposition, spawnWorker: () => Promise.resolve(spawn) } }
}

test('hands out the worker that was started early, then others', async () => {
  const { started, composition } = countingComposition()
  const early = await startWorkerEarly(composition)
  expect(started).toHaveLength(1)
  const spawn = await early.composition.spawnWorker({})
  spawn()
  expect(started).toHaveLength(1)
  spawn()
  expect(started).toHaveLength(2)
  early.drop()
  expect(started.map(({ kills }) => kills)).toEqual([0, 0])
})

test('ends a worker that nobody took', async () => {
  const { started, composition } = countingComposition()
  const early = await startWorkerEarly(composition)
  early.drop()
  expect(started.map(({ kills }) => kills)).toEqual([1])
})

import { getPriority, constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { forkWorker } from '../../../src/engine/fork-worker.ts'
import { createYieldingWorkers } from '../../../src/engine/give-way.ts'
import type { WorkerProcess } from '../../../src/engine/worker-process.ts'

const entry = fileURLToPath(new URL('../../../src/hosts/step-worker/main.ts', import.meta.url))
const { PRIORITY_BELOW_NORMAL } = constants.priority

const open: WorkerProcess[] = []
const started = (worker: WorkerProcess): number => {
  open.push(worker)
  let found = 0
  worker.onStart((pid) => (found = pid))
  return found
}
afterEach(() => {
  for (const worker of open.splice(0)) worker.kill()
})

test('has workers give way from when there is a window, those at work too', () => {
  const workers = createYieldingWorkers(forkWorker(entry))
  const before = started(workers.spawn())
  expect(getPriority(before)).toBe(getPriority())
  workers.yieldToWindow()
  const after = started(workers.spawn())
  expect([getPriority(before), getPriority(after)]).toEqual([PRIORITY_BELOW_NORMAL, PRIORITY_BELOW_NORMAL])
})

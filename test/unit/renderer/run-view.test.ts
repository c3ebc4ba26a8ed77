import { expect, it } from 'vitest'
import { newRun, withRunEvents } from '../../../renderer/state/run-view.ts'
import type { RunEventData } from '../../../src/contract/run-event.ts'

const many = 30_000

it('takes the events of very many items, and leaves the run before as it was', () => {
  const steps = Array.from({ length: many }, (_, index) => {
    const node = `each[${index}]/scale`
    return { node, type: 't', title: 'Scale', needs: [] }
  })
  const events: RunEventData[] = [
    { event: 'steps-added', run: 'r', sequence: 1, at: 1, node: 'each', steps },
    ...steps.map(({ node }, index): RunEventData => {
      const sequence = 2 + index
      return { event: 'step-started', run: 'r', sequence, at: 1, node, threads: 1, memoryMb: 1, attempt: 1 }
    }),
  ]
  const before = newRun('r', null)
  const began = Date.now()
  const after = withRunEvents(before, events)
  expect(Date.now() - began).toBeLessThan(2_000)
  expect(after.order).toHaveLength(many)
  expect(Object.values(after.steps).every(({ state }) => state === 'running')).toBe(true)
  expect(after.sequence).toBe(many + 1)
  expect(before).toEqual(newRun('r', null))
})

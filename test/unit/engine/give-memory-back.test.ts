import { expect, it } from 'vitest'
import { giveMemoryBack } from '../../../src/engine/give-memory-back.ts'

const megabyte = 2 ** 20

it('gives the room that garbage has filled back to the system', () => {
  const heldBytes = (): number => process.memoryUsage().heapTotal
  giveMemoryBack()
  const before = heldBytes()
  let garbage: object[] = Array.from({ length: 1_000_000 }, (_, index) => ({ index }))
  expect(garbage).toHaveLength(1_000_000)
  expect(heldBytes()).toBeGreaterThan(before + 15 * megabyte)
  garbage = []
  giveMemoryBack()
  expect(heldBytes()).toBeLessThan(before + 8 * megabyte)
})

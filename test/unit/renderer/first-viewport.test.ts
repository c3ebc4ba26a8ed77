import { expect, it } from 'vitest'
import { firstViewport } from '../../../renderer/canvas/flow/first-viewport.ts'

const card = (x: number, y: number) => ({ position: { x, y }, measured: { width: 200, height: 60 } })

it('shows a small drawing in the middle, as large as it is', () => {
  expect(firstViewport([card(0, 0)], [], { width: 800, height: 600 })).toEqual({ x: 300, y: 270, zoom: 1 })
})

it('makes a drawing smaller until all of it is seen', () => {
  const { zoom } = firstViewport([card(0, 0), card(800, 0)], [], { width: 856, height: 600 })
  expect(zoom).toBe(0.8)
})

it('shows the beginning of what would be too small to read', () => {
  const seen = firstViewport([card(100, 200), card(9000, 200)], [], { width: 800, height: 600 })
  expect(seen.zoom).toBe(0.65)
  expect(seen.x + 100 * seen.zoom).toBeCloseTo(28)
})

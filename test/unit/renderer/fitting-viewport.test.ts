import { expect, it } from 'vitest'
import { boundsOf, fittingViewport } from '../../../renderer/canvas/flow/fitting-viewport.ts'

const pane = { width: 800, height: 600 }
const bar = { x: 12, y: 550, width: 220, height: 38 }
const map = { x: 620, y: 476, width: 168, height: 112 }

it('shows a small drawing in the middle, as large as it is', () => {
  const box = { x: 0, y: 0, width: 200, height: 60 }
  expect(fittingViewport(box, pane, [bar, map])).toEqual({ x: 300, y: 270, zoom: 1 })
})

it('leaves the room of the zoom bar and the small map free', () => {
  const box = { x: 100, y: -50, width: 900, height: 900 }
  const { x, y, zoom } = fittingViewport(box, pane, [bar, map])
  const right = (box.x + box.width) * zoom + x
  const bottom = (box.y + box.height) * zoom + y
  const isBeside = (overlay: typeof bar): boolean =>
    bottom <= overlay.y || right <= overlay.x || box.x * zoom + x >= overlay.x + overlay.width
  expect([bar, map].map(isBeside)).toEqual([true, true])
  expect(box.x * zoom + x).toBeGreaterThanOrEqual(28)
  expect(zoom).toBeGreaterThan(0.5)
})

it('counts the edges that run around the cards', () => {
  const card = { position: { x: 0, y: 0 }, measured: { width: 200, height: 60 } }
  const route = [
    [206, 30],
    [228, 90],
    [-28, 90],
  ] as const
  const data = { connection: { from: { node: 'a', port: 'b' }, to: { node: 'c', port: 'd' } }, type: null }
  expect(boundsOf([card], [{ data: { ...data, route } }, { data: { ...data, route: null } }])).toEqual({
    x: -28,
    y: 0,
    width: 256,
    height: 90,
  })
})

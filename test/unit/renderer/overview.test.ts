import { expect, it } from 'vitest'
import { overviewOf } from '../../../renderer/canvas/flow/overview.ts'

const map = { width: 200, height: 100 }
const node = (x: number, y: number) => ({ position: { x, y }, measured: { width: 20, height: 10 } })

it('shows all nodes in the middle of a box with the proportions of the map', () => {
  const { box, path } = overviewOf([node(0, 0), node(80, 390)], map)
  expect(path).toBe('M0 0h20v10h-20zM80 390h20v10h-20z')
  expect(box.width / box.height).toBeCloseTo(2)
  expect([box.x + box.width / 2, box.y + box.height / 2]).toEqual([50, 200])
  expect(box.height).toBeGreaterThan(400)
})

it('has a box even where there is nothing', () => {
  expect(overviewOf([], map)).toEqual({ box: { x: 0, y: 0, width: 200, height: 100 }, path: '' })
})

import { expect, test } from 'vitest'
import {
  evenCells,
  markAfter,
  placeCells,
  type CellMark,
} from '../../../renderer/results/charts/mark-cells.ts'

const press = (mark: CellMark | null, keys: readonly string[], cells: Parameters<typeof markAfter>[2]) =>
  keys.reduce<CellMark | null>((now, name) => {
    const [key, shift] = name.split('+').toReversed() as [string, string?]
    return markAfter(now, { key, shiftKey: shift !== undefined }, cells) ?? null
  }, mark)

test('marks by keyboard: arrows move, Shift widens, Escape takes away', () => {
  const cells = { x: evenCells(Float64Array.of(0, 40, Number.NaN)), y: null }
  const mark = press(null, ['ArrowRight', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight'], cells)
  expect(cells.x.extent(...mark!.x)).toEqual([20, 26])
  expect(press(mark, ['Shift+ArrowLeft', 'ArrowLeft'], cells)!.x).toEqual([9, 10])
  expect(press(mark, ['Escape'], cells)).toBeNull()
  expect(markAfter(null, { key: 'ArrowUp', shiftKey: false }, cells)).toBeUndefined()
})

test('stays on the axis', () => {
  const cells = { x: placeCells(3), y: evenCells(Float64Array.of(1, 2)) }
  const right = press(null, Array<string>(9).fill('ArrowRight'), cells)
  expect(right).toEqual({ x: [2, 2], y: [9, 9] })
  expect(press(right, ['ArrowUp', 'Shift+ArrowDown'], cells)).toEqual({ x: [2, 2], y: [10, 10] })
})

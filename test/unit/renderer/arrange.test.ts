import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeEdits, arrangements, type Box } from '../../../renderer/canvas/edits/arrange.ts'

const boxes: Box[] = [
  { id: 'a', x: 0, y: 0, width: 100, height: 50 },
  { id: 'b', x: 150, y: 20, width: 100, height: 50 },
  { id: 'c', x: 400, y: 90, width: 100, height: 70 },
]
const placesAfter = (arrangement: (typeof arrangements)[number]): unknown => {
  const edit = arrangeEdits(boxes, arrangement)[0]
  return edit?.kind === 'move-nodes' ? edit.positions : undefined
}

describe('aligning', () => {
  it('puts upper edges on one line', () => {
    expect(placesAfter('top')).toEqual({ b: [150, 0], c: [400, 0] })
  })

  it('puts right edges on one line', () => {
    expect(placesAfter('right')).toEqual({ a: [400, 0], b: [400, 20] })
  })

  it('makes the gaps across equal', () => {
    expect(placesAfter('across')).toEqual({ b: [200, 20] })
  })

  it('needs two boxes to align, and three to space out', () => {
    expect(arrangeEdits(boxes.slice(0, 1), 'left')).toEqual([])
    expect(arrangeEdits(boxes.slice(0, 2), 'down')).toEqual([])
  })

  it('changes nothing that is aligned already', () => {
    const arbitraryBoxes = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', 'c', 'd', 'e') }),
        x: fc.integer({ min: -500, max: 500 }),
        y: fc.integer({ min: -500, max: 500 }),
        width: fc.constant(100),
        height: fc.constant(60),
      }),
      { selector: ({ id }) => id, minLength: 3, maxLength: 6 },
    )
    fc.assert(
      fc.property(arbitraryBoxes, fc.constantFrom(...arrangements), (list, arrangement) => {
        const edit = arrangeEdits(list, arrangement)[0]
        const positions = edit?.kind === 'move-nodes' ? edit.positions : {}
        const moved = list.map((box) => {
          const place = positions[box.id]
          return place ? Object.assign({}, box, { x: place[0], y: place[1] }) : box
        })
        expect(arrangeEdits(moved, arrangement)).toEqual([])
      }),
    )
  })
})

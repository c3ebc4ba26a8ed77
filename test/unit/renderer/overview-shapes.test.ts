import { describe, expect, it } from 'vitest'
import { cardAt, overviewShapes } from '../../../renderer/canvas/overview/overview-shapes.ts'
import type { FlowEdge, FlowNode } from '../../../renderer/canvas/flow/flow-types.ts'

const card = (id: string, x: number, y: number): FlowNode => ({
  id,
  type: 'step',
  position: { x, y },
  data: {},
  measured: { width: 200, height: 60 },
  handles: [
    { id: 'out', type: 'source', position: 'right' as never, x: 194, y: 24, width: 12, height: 12 },
    { id: 'in', type: 'target', position: 'left' as never, x: -6, y: 24, width: 12, height: 12 },
  ],
})

const edge = (route: readonly (readonly [number, number])[] | null): FlowEdge => ({
  id: 'a.out -> b.in',
  type: 'data',
  source: 'a',
  sourceHandle: 'out',
  target: 'b',
  targetHandle: 'in',
  data: {
    connection: { from: { node: 'a', port: 'out' }, to: { node: 'b', port: 'in' } },
    type: 'table',
    route,
  },
})

describe('a pipeline from far away', () => {
  it('has its edges from port to port, or along their way around cards', () => {
    const nodes = [card('a', 0, 0), card('b', 400, 100)]
    const around = [
      [206, 30],
      [300, 30],
      [300, 130],
      [394, 130],
    ] as const
    const linesOf = (shown: FlowNode[], route: typeof around | null) =>
      overviewShapes(shown, [edge(route)]).edges.map(({ lines }) => lines)
    const straight = [
      [200, 30],
      [400, 130],
    ]
    expect(linesOf(nodes, null)).toEqual([[straight]])
    expect(linesOf(nodes, around)).toEqual([[around]])
    const moved = [nodes[0]!, card('b', 400, 200)]
    expect(linesOf(moved, around)).toEqual([[[straight[0], [400, 230]]]])
    expect(linesOf([nodes[0]!], null)).toEqual([])
  })

  it('has the card that lies above the others under the pointer', () => {
    const nodes = [card('a', 0, 0), card('b', 100, 20)]
    expect([cardAt(nodes, { x: 50, y: 30 }), cardAt(nodes, { x: 150, y: 30 })]).toEqual(['a', 'b'])
    expect(cardAt(nodes, { x: 150, y: 100 })).toBeNull()
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { labelPlace, pathAlong } from '../../../renderer/canvas/flow/edge-path.ts'
import { createEdgeRouting } from '../../../renderer/canvas/flow/route-edges.ts'
import {
  isCurveFree,
  routeAround,
  type Obstacle,
  type Point,
} from '../../../renderer/canvas/flow/route-edge.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import { definitions, samplePipeline } from './sample-pipeline.ts'

const cardAt = (left: number, top: number): Obstacle => ({ left, top, right: left + 232, bottom: top + 60 })
const outOf = ({ right, top }: Obstacle): Point => [right + 6, top + 30]
const into = ({ left, top }: Obstacle): Point => [left - 6, top + 30]
const ports = ['a.table', 'b.table'] as const

/** Whether a level or upright line runs through a card. */
const crosses = ({ left, top, right, bottom }: Obstacle, [a, b]: readonly [Point, Point]): boolean =>
  Math.max(a[0], b[0]) > left &&
  Math.min(a[0], b[0]) < right &&
  Math.max(a[1], b[1]) > top &&
  Math.min(a[1], b[1]) < bottom

const partsOf = (corners: readonly Point[]): [Point, Point][] =>
  corners.slice(1).map((corner, index) => [corners[index]!, corner])

describe('edges around cards', () => {
  it('goes around the cards between two of a row', () => {
    const row = [0, 320, 640].map((x) => cardAt(x, 0))
    const way = { from: outOf(row[0]!), to: into(row[2]!) }
    expect(isCurveFree(way, row)).toBe(false)
    expect(isCurveFree({ ...way, to: into(row[1]!) }, row)).toBe(true)
    const corners = routeAround({ ...way, ports }, { obstacles: row, lanes: [] })
    expect([corners[0], corners.at(-1)]).toEqual([way.from, way.to])
    expect(partsOf(corners).filter((part) => row.some((card) => crosses(card, part)))).toEqual([])
  })

  it('crosses no card of a table of cards, whichever two it connects', () => {
    const place = fc.record({ column: fc.nat(4), row: fc.nat(4) })
    const grid = fc.uniqueArray(place, {
      minLength: 2,
      maxLength: 25,
      selector: ({ column, row }) => column * 5 + row,
    })
    fc.assert(
      fc.property(grid, (places) => {
        const cards = places.map(({ column, row }) => cardAt(column * 320, row * 120))
        const way = { from: outOf(cards[0]!), to: into(cards[1]!), ports }
        const corners = routeAround(way, { obstacles: cards, lanes: [] })
        const offending = partsOf(corners).filter(
          ([a, b]) => (a[0] !== b[0] && a[1] !== b[1]) || cards.some((card) => crosses(card, [a, b])),
        )
        expect(offending).toEqual([])
      }),
    )
  })

  it('keeps edges of different ports off each other', () => {
    const cards = [0, 320, 640, 960].map((x) => cardAt(x, 0))
    const first = { from: outOf(cards[0]!), to: into(cards[2]!), ports: ['a.table', 'c.table'] as const }
    const second = { from: outOf(cards[1]!), to: into(cards[3]!), ports: ['b.table', 'd.table'] as const }
    const drawn = routeAround(first, { obstacles: cards, lanes: [] })
    const lanes = partsOf(drawn).map(([from, to]) => ({ from, to, ports: first.ports }))
    const level = (corners: readonly Point[]): number[] =>
      partsOf(corners).flatMap(([a, b]) => (a[1] === b[1] && a[1] !== 30 ? [a[1]] : []))
    const other = level(routeAround(second, { obstacles: cards, lanes }))
    expect(other).toHaveLength(1)
    expect(Math.abs(other[0]! - level(drawn)[0]!)).toBeGreaterThanOrEqual(8)
  })

  it('knows the ways of a document again while nothing is moved or connected', () => {
    const routesOf = createEdgeRouting()
    const document = applyEdits(samplePipeline(), [
      { kind: 'move-nodes', positions: { evaluate: [900, 0] } },
    ]).pipeline
    const routes = routesOf({ document, definitions })
    expect([...routes].flatMap(([edge, corners]) => (corners ? [edge] : []))).toEqual([
      'scale.table -> evaluate.table',
    ])
    const renamed = applyEdits(document, [{ kind: 'set-node', node: 'trees', fields: { title: 'Forest' } }])
    expect(routesOf({ document: renamed.pipeline, definitions })).toBe(routes)
  })

  it('looks for a way anew where a card moves into it or out of it', () => {
    const routesOf = createEdgeRouting()
    const edge = 'scale.table -> evaluate.table'
    const at = (y: number) =>
      applyEdits(samplePipeline(), [
        { kind: 'move-nodes', positions: { evaluate: [900, 0], trees: [600, y] } },
      ]).pipeline
    const waysFor = (y: number) => routesOf({ document: at(y), definitions }).get(edge)
    expect([waysFor(300), waysFor(0)?.length, waysFor(300)]).toEqual([null, 6, null])
  })

  it('looks for ways when the ports of the nodes become known', () => {
    const routesOf = createEdgeRouting()
    const document = samplePipeline()
    expect(routesOf({ document, definitions: {} }).size).toBe(0)
    expect(routesOf({ document, definitions }).size).toBe(4)
  })

  it('rounds corners, and puts a label where it has room', () => {
    const corners: Point[] = [
      [0, 0],
      [20, 0],
      [20, 50],
      [200, 50],
    ]
    expect(pathAlong(corners)).toBe('M0 0L10 0Q20 0 20 10L20 40Q20 50 30 50L200 50')
    expect(labelPlace(corners, 40)).toEqual([110, 54])
    expect(labelPlace(corners, 400)).toBeNull()
  })
})

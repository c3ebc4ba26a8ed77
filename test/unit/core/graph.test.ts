import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphOf } from '../../../src/core/graph.ts'

/** `a -> b` for each pair. */
function graph(nodes: string, arrows: readonly string[] = []) {
  return graphOf({
    nodes: Object.fromEntries(nodes.split('').map((id) => [id, { type: 't', version: 1, params: {} }])),
    edges: arrows.map((arrow) => `${arrow[0]}.out -> ${arrow[1]}.in`),
  })
}

describe('the order of a graph', () => {
  test('puts inputs first and otherwise keeps the order of the file', () => {
    expect(graph('dcba', ['ab', 'cd']).order).toEqual(['c', 'd', 'a', 'b'])
    expect(graph('cab').order).toEqual(['c', 'a', 'b'])
  })

  test('takes a node once when several edges lead to it from the same node', () => {
    const twice = graphOf({
      nodes: { a: { type: 't', version: 1, params: {} }, b: { type: 't', version: 1, params: {} } },
      edges: ['a.out -> b.left', 'a.out -> b.right'],
    })
    expect(twice.order).toEqual(['a', 'b'])
  })

  test('leaves out edges to nodes that are not there', () => {
    expect(graph('ab', ['ax', 'xb', 'ab']).connections).toHaveLength(1)
  })

  test('is a topological order of any graph without cycles, and the first of them in the order of the file', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray('abcdefgh'.split(''), { minLength: 8 }),
        fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 16 }),
        (ids, pairs) => {
          const arrows = pairs
            .filter(([from, to]) => from < to)
            .map(([from, to]) => 'abcdefgh'[from]! + 'abcdefgh'[to]!)
          const { order, cycles } = graph(ids.join(''), arrows)
          expect(cycles).toEqual([])
          expect(order).toEqual(firstOrder(ids, arrows))
        },
      ),
    )
  })
})

/** By definition: take the first node of the file whose inputs have all been taken. */
function firstOrder(ids: readonly string[], arrows: readonly string[]): string[] {
  const taken: string[] = []
  while (taken.length < ids.length) {
    taken.push(
      ids.find(
        (id) => !taken.includes(id) && arrows.every((arrow) => arrow[1] !== id || taken.includes(arrow[0]!)),
      )!,
    )
  }
  return taken
}

describe('cycles', () => {
  test('are named as a way round, the shortest one', () => {
    expect(graph('abcd', ['ab', 'bc', 'cd', 'da', 'ca']).cycles).toEqual([
      ['a', 'b', 'c', 'a'],
      ['d', 'a', 'b', 'c', 'd'],
    ])
  })

  test('may be a node that feeds itself', () => {
    expect(graph('ab', ['aa', 'ab']).cycles).toEqual([['a', 'a']])
  })

  test('keep what hangs on them out of the order, and nothing else', () => {
    const looped = graph('sabxt', ['sa', 'ab', 'ba', 'bx', 'st'])
    expect(looped.cycles).toEqual([['a', 'b', 'a']])
    expect(looped.order).toEqual(['s', 't'])
  })

  test('pass through every node that leads back to itself, and through no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 14 }), (pairs) => {
        const any = graph(
          'abcdefg',
          pairs.map(([from, to]) => 'abcdefg'[from]! + 'abcdefg'[to]!),
        )
        const onCycles = new Set(any.cycles.flat())
        expect([...onCycles].toSorted()).toEqual(any.nodes.filter((node) => any.descendants(node).has(node)))
      }),
    )
  })

  test('are all found when they are apart', () => {
    expect(graph('abcde', ['ab', 'ba', 'bc', 'cd', 'de', 'ed']).cycles).toEqual([
      ['a', 'b', 'a'],
      ['d', 'e', 'd'],
    ])
  })
})

describe('ancestors and descendants', () => {
  const diamond = graph('dcbax', ['ab', 'ac', 'bd', 'cd'])

  test('are everything upstream or downstream, in the order of the file', () => {
    expect([...diamond.ancestors('d')]).toEqual(['c', 'b', 'a'])
    expect([...diamond.descendants('a')]).toEqual(['d', 'c', 'b'])
    expect([...diamond.ancestors('x')]).toEqual([])
  })
})

test('a chain of 5 000 nodes is as good as a short one', () => {
  const ids = Array.from({ length: 5000 }, (_, index) => `n${index}`)
  const chain = graphOf({
    nodes: Object.fromEntries(ids.toReversed().map((id) => [id, { type: 't', version: 1, params: {} }])),
    edges: ids.slice(1).map((id, index) => `n${index}.out -> ${id}.in`),
  })
  expect(chain.order).toEqual(ids)
  expect(chain.ancestors('n4999').size).toBe(4999)
  const ring = graphOf({
    nodes: Object.fromEntries(ids.map((id) => [id, { type: 't', version: 1, params: {} }])),
    edges: ids.map((id, index) => `${id}.out -> n${(index + 1) % 5000}.in`),
  })
  expect(ring.cycles).toHaveLength(1)
  expect(ring.cycles[0]).toHaveLength(5001)
})

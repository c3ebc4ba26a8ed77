import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdit, applyEdits } from '../../../src/core/apply-edit.ts'
import { editSchema, type Edit } from '../../../src/core/edits.ts'
import { PipewrightError } from '../../../src/core/errors.ts'
import { byCodeUnit } from '../../../src/core/format-json.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { editArbitrary, editKinds } from './arbitrary-edit.ts'
import { pipelineArbitrary } from './arbitrary-pipeline.ts'

const node = (params = {}) => ({ type: 't', version: 1, params })

const pipeline: Pipeline = {
  format: 1,
  id: 'p',
  name: 'P',
  seed: 3,
  parameters: { a: { type: 'text' }, b: { type: 'number' }, c: { type: 'boolean' } },
  nodes: {
    file: node({ path: 'x.csv' }),
    split: { ...node({ test: 0.2, columns: ['a', 'b', 'c'], deep: { list: [{ of: 1 }] } }), title: 'Split' },
    trees: node(),
  },
  edges: ['file.table -> split.table', 'split.table -> trees.table', 'file.table -> trees.extra'],
  links: ['trees.out -> split.in'],
  groups: { g: { title: 'G', nodes: ['split', 'trees'] } },
  pins: { split: { port: 'table', artifact: 'ab' } },
  checks: [{ node: 'split', metric: 'rows', is: '>', value: 0 }],
  layout: { file: [0, 0], split: [240, 0] },
}

function edited(...edits: Edit[]): Pipeline {
  const { pipeline: result, inverse } = applyEdits(pipeline, edits)
  expect(formatPipeline(applyEdits(result, inverse).pipeline)).toBe(formatPipeline(pipeline))
  return result
}

function refusal(edit: unknown): { code: string; message: string; remedy: string } {
  try {
    applyEdit(pipeline, edit as Edit)
  } catch (error) {
    if (error instanceof PipewrightError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('each edit does what it says, and can be undone', () => {
  test('add-node puts a node and its position in place', () => {
    const result = edited({ kind: 'add-node', id: 'cast', node: node(), at: [120, 0], index: 1 })
    expect(Object.keys(result.nodes)).toEqual(['file', 'cast', 'split', 'trees'])
    expect(result.layout.cast).toEqual([120, 0])
  })

  test('remove-node takes everything that speaks of the node with it', () => {
    const result = edited({ kind: 'remove-node', id: 'split' })
    expect(result).toEqual({
      format: 1,
      id: 'p',
      name: 'P',
      seed: 3,
      parameters: pipeline.parameters,
      nodes: { file: pipeline.nodes.file, trees: pipeline.nodes.trees },
      edges: ['file.table -> trees.extra'],
      groups: { g: { title: 'G', nodes: ['trees'] } },
      layout: { file: [0, 0] },
    })
  })

  test('rename-node renames it wherever it is spoken of and keeps its place', () => {
    const result = edited({ kind: 'rename-node', from: 'split', to: 'parts' })
    expect(JSON.stringify(result)).not.toMatch(/split/)
    expect(Object.keys(result.nodes)).toEqual(['file', 'parts', 'trees'])
    expect(result.edges).toEqual([
      'file.table -> parts.table',
      'parts.table -> trees.table',
      'file.table -> trees.extra',
    ])
  })

  test.for([
    ['sets a value', ['test'], 0.3, { test: 0.3 }],
    ['adds a value', ['stratifyBy'], 'y', { stratifyBy: 'y' }],
    ['takes a value away', ['test'], undefined, { test: undefined }],
    ['leaves alone what is not there', ['nothing', 'here'], undefined, {}],
    ['sets an entry of a list', ['columns', 1], 'x', { columns: ['a', 'x', 'c'] }],
    ['appends to a list', ['columns', 3], 'd', { columns: ['a', 'b', 'c', 'd'] }],
    ['closes the gap when an entry goes', ['columns', 0], undefined, { columns: ['b', 'c'] }],
    ['reaches deep', ['deep', 'list', 0, 'of'], 2, { deep: { list: [{ of: 2 }] } }],
    ['makes what lies on the way', ['new', 'list', 0], 1, { new: { list: [1] } }],
    ['may set null', ['test'], null, { test: null }],
  ] as const)('set-param %s', ([, path, value, changed]) => {
    const edit: Edit = {
      kind: 'set-param',
      node: 'split',
      path: [...path],
      ...(value !== undefined && { value }),
    }
    expect(edited(edit).nodes.split!.params).toEqual({ ...pipeline.nodes.split!.params, ...changed })
  })

  test('set-node sets and clears title, note and disabled', () => {
    const result = edited({
      kind: 'set-node',
      node: 'split',
      fields: { title: null, note: 'mind the seed', disabled: true },
    })
    expect(result.nodes.split).toEqual({
      ...node(pipeline.nodes.split!.params),
      note: 'mind the seed',
      disabled: true,
    })
  })

  test('replace-node replaces the whole node', () => {
    const fresh = { type: 'u', version: 2, params: { x: 1 } }
    expect(edited({ kind: 'replace-node', node: 'split', with: fresh }).nodes.split).toEqual(fresh)
  })

  test('add-edge goes behind the edges of the same node, to the end, or where it is told', () => {
    const added = (edge: string, index?: number) =>
      edited({ kind: 'add-edge', edge, ...(index !== undefined && { index }) }).edges.indexOf(edge)
    expect(added('file.rejects -> split.more')).toBe(1)
    expect(added('split.table -> file.more')).toBe(3)
    expect(added('file.rejects -> split.more', 0)).toBe(0)
  })

  test('remove-edge comes back in its old place', () => {
    expect(edited({ kind: 'remove-edge', edge: 'split.table -> trees.table' }).edges).toHaveLength(2)
  })

  test('move-nodes sets and clears positions', () => {
    const result = edited({ kind: 'move-nodes', positions: { file: [5, 6], split: null, trees: [1, 2] } })
    expect(result.layout).toEqual({ file: [5, 6], trees: [1, 2] })
  })

  test('set-parameter adds, changes and removes, each in its place', () => {
    const names = (edit: Edit) => Object.keys(edited(edit).parameters)
    expect(names({ kind: 'set-parameter', name: 'd', parameter: { type: 'text' } })).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
    expect(names({ kind: 'set-parameter', name: 'b', parameter: { type: 'text' } })).toEqual(['a', 'b', 'c'])
    expect(names({ kind: 'set-parameter', name: 'b', parameter: null })).toEqual(['a', 'c'])
  })

  test('set-field replaces a section, and null takes it away or brings its default back', () => {
    expect(edited({ kind: 'set-field', field: 'name', value: 'Q' }).name).toBe('Q')
    expect(edited({ kind: 'set-field', field: 'seed', value: null }).seed).toBe(0)
    expect(edited({ kind: 'set-field', field: 'checks', value: null })).not.toHaveProperty('checks')
    expect(
      edited({ kind: 'set-field', field: 'notes', value: { n: { text: 'hi', at: [0, 0] } } }).notes,
    ).toEqual({
      n: { text: 'hi', at: [0, 0] },
    })
  })

  test('several edits are undone together, last first', () => {
    const result = edited(
      { kind: 'remove-edge', edge: 'file.table -> split.table' },
      { kind: 'add-node', id: 'cast', node: node() },
      { kind: 'add-edge', edge: 'file.table -> cast.table' },
      { kind: 'add-edge', edge: 'cast.table -> split.table' },
      { kind: 'rename-node', from: 'cast', to: 'typed' },
      { kind: 'remove-node', id: 'file' },
    )
    expect(result.edges).toEqual(['split.table -> trees.table', 'typed.table -> split.table'])
  })

  test('what an edit does not touch is shared', () => {
    const result = applyEdit(pipeline, {
      kind: 'set-param',
      node: 'split',
      path: ['test'],
      value: 0.3,
    }).pipeline
    expect(result.nodes.file).toBe(pipeline.nodes.file)
    expect(result.edges).toBe(pipeline.edges)
    expect(result.nodes.split!.params.deep).toBe(pipeline.nodes.split!.params.deep)
  })
})

describe('an edit that does not fit is refused', () => {
  test.for([
    [{ kind: 'add-node', id: 'file', node: node() }, 'node-exists', 'There is a node “file” already.'],
    [{ kind: 'remove-node', id: 'splt' }, 'no-node', 'There is no node “splt”.'],
    [{ kind: 'rename-node', from: 'split', to: 'file' }, 'node-exists', 'There is a node “file” already.'],
    [{ kind: 'rename-node', from: 'x', to: 'y' }, 'no-node', 'There is no node “x”.'],
    [
      { kind: 'set-param', node: 'split', path: ['test', 'x'], value: 1 },
      'no-param',
      'There is no value at “test.x” of “split”.',
    ],
    [
      { kind: 'set-param', node: 'split', path: ['columns', 9], value: 1 },
      'no-param',
      'There is no value at “columns.9” of “split”.',
    ],
    [
      { kind: 'set-param', node: 'split', path: ['columns', 9] },
      'no-param',
      'There is no value at “columns.9” of “split”.',
    ],
    [
      { kind: 'set-param', node: 'split', path: ['columns', 'x'], value: 1 },
      'no-param',
      'There is no value at “columns.x” of “split”.',
    ],
    [
      { kind: 'add-edge', edge: 'file.table -> split.table' },
      'edge-exists',
      'The edge “file.table -> split.table” is there already.',
    ],
    [{ kind: 'add-edge', edge: 'file.table -> nowhere.table' }, 'no-node', 'There is no node “nowhere”.'],
    [{ kind: 'remove-edge', edge: 'a.b -> c.d' }, 'no-edge', 'There is no edge “a.b -> c.d”.'],
    [{ kind: 'move-nodes', positions: { nowhere: [0, 0] } }, 'no-node', 'There is no node “nowhere”.'],
    [
      { kind: 'set-parameter', name: 'zzz', parameter: null },
      'unknown-parameter',
      'The pipeline has no parameter “zzz”.',
    ],
    [
      { kind: 'add-edge', edge: 'nonsense' },
      'bad-edit',
      'The change does not fit a pipeline. An edge reads “node.output -> node.input”.',
    ],
    [
      { kind: 'add-node', id: '1', node: node() },
      'bad-edit',
      'The change does not fit a pipeline. A node id is a letter, then at most 63 letters, digits, “_” or “-”.',
    ],
    [
      { kind: 'add-node', id: 'constructor', node: node() },
      'bad-edit',
      'The change does not fit a pipeline. A node id is a letter, then at most 63 letters, digits, “_” or “-”.',
    ],
    [
      { kind: 'move-nodes', positions: { file: [0.5, 0] } },
      'bad-edit',
      'The change does not fit a pipeline. “positions.file.0” cannot be 0.5.',
    ],
    [
      { kind: 'set-field', field: 'name', value: null },
      'bad-edit',
      'The change does not fit a pipeline. “value” cannot be null.',
    ],
    [
      { kind: 'set-field', field: 'id', value: 'x' },
      'bad-edit',
      'The change does not fit a pipeline. “field” cannot be “id”.',
    ],
    [{ kind: 'add-nod' }, 'bad-edit', 'The change does not fit a pipeline. “kind” cannot be “add-nod”.'],
    [
      { kind: 'set-param', node: 'split', path: [], value: 1 },
      'bad-edit',
      'The change does not fit a pipeline. “path” is empty.',
    ],
    [
      { kind: 'set-param', node: 'split', path: ['__proto__', 'x'], value: 1 },
      'bad-edit',
      'The change does not fit a pipeline. The name “__proto__” is reserved.',
    ],
    [
      {
        kind: 'set-param',
        node: 'split',
        path: ['x'],
        value: JSON.parse('{ "a": { "__proto__": 1 } }') as never,
      },
      'bad-edit',
      'The change does not fit a pipeline. The name “__proto__” is reserved.',
    ],
    [
      { kind: 'set-param', node: 'split', path: ['x'], value: Number.NaN },
      'bad-edit',
      'The change does not fit a pipeline. “value” cannot be NaN.',
    ],
    ['nonsense', 'bad-edit', 'The change does not fit a pipeline. This cannot be “nonsense”.'],
  ] as const)('%j', ([edit, code, message]) => {
    expect(refusal(edit)).toMatchObject({ code: `pipeline.${code}`, message })
    expect(refusal(edit).remedy).toMatch(/^\p{Lu}.+[.?]$/u)
  })

  test('what would be too deep to be read again', () => {
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as never
    const set = (depth: number): Edit => ({
      kind: 'set-param',
      node: 'file',
      path: ['deep'],
      value: nested(depth),
    })
    expect(() => parsePipeline(formatPipeline(edited(set(60))))).not.toThrow()
    expect(refusal(set(61)).code).toBe('pipeline.bad-edit')
    expect(refusal(set(100_000)).code).toBe('pipeline.bad-edit')
  })

  test('more nodes than a file may have', () => {
    const nodes = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`n${index}`, node()]))
    expect(() => applyEdit({ ...pipeline, nodes }, { kind: 'add-node', id: 'more', node: node() })).toThrow(
      'The pipeline has 5001 nodes; 5000 are allowed.',
    )
  })

  test('more edges than a file may have', () => {
    const edges = Array.from({ length: 20_000 }, (_, index) => `file.table -> split.t${index}`)
    expect(() =>
      applyEdit({ ...pipeline, edges }, { kind: 'add-edge', edge: 'file.table -> split.more' }),
    ).toThrow('The pipeline has 20000 edges, which is the most that is allowed.')
  })
})

test('any edit that applies gives a pipeline that can be saved, and its inverse gives the old bytes back', () => {
  const applied = new Set<string>()
  const tryEdit = (on: Pipeline, edit: Edit) => {
    try {
      const result = applyEdit(on, overTheWire(edit))
      applied.add(edit.kind)
      return result
    } catch (error) {
      if (error instanceof PipewrightError && error.kind === 'user') return { pipeline: on, inverse: [] }
      throw error
    }
  }
  const startAndEdits = pipelineArbitrary.chain((start) =>
    fc.tuple(fc.constant(start), fc.array(editArbitrary(start), { minLength: 1, maxLength: 4 })),
  )
  fc.assert(
    fc.property(startAndEdits, ([start, edits]) => {
      const before = formatPipeline(start)
      let current = start
      const undo: Edit[] = []
      for (const edit of edits) {
        const { pipeline: next, inverse } = tryEdit(current, edit)
        current = next
        undo.unshift(...inverse.map(overTheWire))
      }
      expect(parsePipeline(formatPipeline(current))).toEqual(current)
      expect(formatPipeline(applyEdits(current, undo).pipeline)).toBe(before)
      expect(formatPipeline(start)).toBe(before)
    }),
    { numRuns: 500 },
  )
  expect([...applied].toSorted(byCodeUnit)).toEqual([...editKinds].toSorted(byCodeUnit))
})

const overTheWire = (edit: Edit): Edit => editSchema.parse(JSON.parse(JSON.stringify(edit)))

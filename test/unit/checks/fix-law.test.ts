import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import type { Finding } from '../../../src/core/finding.ts'
import type { Pipeline, PipelineNode } from '../../../src/core/pipeline.ts'
import { findingTexts } from '../../../src/checks/findings.ts'
import { check } from './check-and-fix.ts'
import { node, pipelineOf, stubNodes, tableOf } from './stub-nodes.ts'

const ids = 'abcdefg'.split('')

const params: fc.Arbitrary<PipelineNode['params']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.constantFrom<PipelineNode['params']>(
    { path: 'x.csv' },
    { test: 0.5, by: 'ag' },
    { tst: 2 },
    { columns: ['age', 'incme'] },
    { by: '${colum}' },
    { depth: 99 },
    { method: 'goup' },
    { target: 'churn', features: ['Churn'] },
  ),
)
const nodeArbitrary = fc
  .record({
    type: fc.constantFrom(...stubNodes.keys(), 'features.splt'),
    params,
    disabled: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
    version: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 4 })),
  })
  .map(({ type, params: given, disabled, version }) =>
    node(type, type === 'ingestion.stub' ? { path: 'x.csv', ...given } : given, {
      ...(disabled && { disabled }),
      ...(version > 0 && { version }),
    }),
  )

const wellWiredTypes = [
  'features.split',
  'features.fit',
  'features.means',
  'features.derive',
  'features.set-roles',
  'features.join',
  'training.stub',
  'serving.sink',
]
const paramsByType: Record<string, PipelineNode['params']> = {
  'features.set-roles': { target: 'churn' },
  'features.split': { by: 'age' },
}

const outputs = ['table', 'table', 'table', 'model', 'report', 'tabel']
const inputs = ['table', 'table', 'table', 'models', 'left', 'right', 'tables']
const edgeArbitrary = fc
  .tuple(fc.nat(7), fc.constantFrom(...outputs), fc.nat(7), fc.constantFrom(...inputs))
  .map(([from, output, to, input]) => `${ids[from] ?? 'x'}.${output} -> ${ids[to] ?? 'x'}.${input}`)

const pipelineArbitrary: fc.Arbitrary<Pipeline> = fc
  .record({
    nodes: fc.array(nodeArbitrary, { minLength: 2, maxLength: ids.length }),
    edges: fc.uniqueArray(edgeArbitrary, { maxLength: 12 }),
    placed: fc.boolean(),
    isInner: fc.boolean(),
  })
  .map(({ nodes, edges, placed, isInner }) => {
    const parameters: Pipeline['parameters'] = { column: { type: 'text', default: 'age' } }
    const layout = Object.fromEntries(nodes.map((_, index) => [ids[index]!, [index * 100, 0]]))
    const pipeline = pipelineOf(Object.fromEntries(nodes.map((each, index) => [ids[index]!, each])), edges)
    const inputs = { in: ['b.table'] }
    return Object.assign(pipeline, { parameters }, placed && { layout }, isInner && { inputs })
  })

/** Wired as it should be, each input from a node before; what is wrong is where the nodes stand. */
const wellWiredArbitrary: fc.Arbitrary<Pipeline> = fc
  .record({
    steps: fc.array(
      fc.record({
        type: fc.constantFrom(...wellWiredTypes),
        feeds: fc.array(fc.nat(), { minLength: 2, maxLength: 2 }),
        disabled: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
      }),
      { minLength: 2, maxLength: 8 },
    ),
    placed: fc.boolean(),
  })
  .map(({ steps, placed }) => {
    const nodes: Record<string, PipelineNode> = { file: node('ingestion.stub', { path: 'x.csv' }) }
    const edges: string[] = []
    const tables = ['file']
    for (const [index, { type, feeds, disabled }] of steps.entries()) {
      const id = `${type.split('.')[1]!.replaceAll('-', '')}${index}`
      const inputs = type === 'features.join' ? ['left', 'right'] : ['table']
      edges.push(...inputs.map((port, at) => `${tables[feeds[at]! % tables.length]}.table -> ${id}.${port}`))
      nodes[id] = node(type, paramsByType[type] ?? {}, { ...(disabled && { disabled }) })
      if (type.startsWith('features.')) tables.push(id)
    }
    const layout = Object.fromEntries(Object.keys(nodes).map((id, index) => [id, [index * 100, 0]]))
    return Object.assign(pipelineOf(nodes, edges), placed && { layout })
  })

test('whatever is wrong, a fix that is offered fits the document and makes its finding go away', () => {
  const seen = new Set<string>()
  const holds = (pipeline: Pipeline): void => {
    for (const found of findingsOf(pipeline)) {
      seen.add(found.code)
      if (!found.fix) continue
      const after = applyEdits(pipeline, found.fix.edits).pipeline
      expect(findingsOf(after).filter((other) => isSame(found, other))).toEqual([])
    }
  }
  fc.assert(fc.property(pipelineArbitrary, holds), { numRuns: 1500 })
  fc.assert(fc.property(wellWiredArbitrary, holds), { numRuns: 1500 })
  const possible = Object.keys(findingTexts).filter((code) => !rare.has(code))
  expect(possible.filter((code) => !seen.has(code))).toEqual([])
})

/** What these generators never make; tested by example. */
const rare = new Set([
  'sink-in-item',
  'not-in-subpipeline',
  'stale-mention',
  'unknown-check',
  'bad-check',
  'never-due',
  'schedule-parameter',
  'no-nodes',
  'unreadable-source',
  'no-upgrade',
])

const findingsOf = (pipeline: Pipeline): readonly Finding[] =>
  check(pipeline, {
    tables: Object.fromEntries(
      [...ids, 'file'].map((id) => [id, tableOf('age', 'income', 'churn', 'Churn')]),
    ),
  }).findings

const isSame = (one: Finding, other: Finding): boolean =>
  one.code === other.code &&
  one.message === other.message &&
  one.edge === other.edge &&
  JSON.stringify(one.at) === JSON.stringify(other.at)

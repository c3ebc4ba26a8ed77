import * as fc from 'fast-check'
import type { Edit } from '../../../src/core/edits.ts'
import { parseEdge, type Pipeline, type PipelineParameter } from '../../../src/core/pipeline.ts'
import {
  jsonArbitrary,
  nodeArbitrary,
  nodeIdArbitrary,
  parameterArbitrary,
  pipelineArbitrary,
  portArbitrary,
  positionArbitrary,
} from './arbitrary-pipeline.ts'

/** Edits of every kind: mostly about what the pipeline has, sometimes about what it has not. */
export function editArbitrary(pipeline: Pipeline): fc.Arbitrary<Edit> {
  const about = (kind: Edit['kind']) => editOf(kind, pipeline)
  return fc.constantFrom(...editKinds).chain(about)
}

export const editKinds = [
  'add-node',
  'remove-node',
  'rename-node',
  'set-param',
  'set-node',
  'replace-node',
  'add-edge',
  'remove-edge',
  'move-nodes',
  'set-parameter',
  'set-field',
  'edit-subpipeline',
  'make-subpipeline',
  'dissolve-subpipeline',
] as const satisfies readonly Edit['kind'][]

function editOf(kind: Edit['kind'], pipeline: Pipeline): fc.Arbitrary<Edit> {
  const known = anyOf(Object.keys(pipeline.nodes), nodeIdArbitrary)
  const id = fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: nodeIdArbitrary })
  // Names that edges speak of though no such node is there.
  const spokenOf = pipeline.edges.map(parseEdge).flatMap(({ from, to }) => [from.node, to.node])
  const newId = fc.oneof(nodeIdArbitrary, anyOf(spokenOf, nodeIdArbitrary))
  switch (kind) {
    case 'add-node':
      return fc.record(
        { kind: fc.constant(kind), id: newId, node: nodeArbitrary, at: positionArbitrary, index: fc.nat(8) },
        { requiredKeys: ['kind', 'id', 'node'] },
      )
    case 'remove-node':
      return fc.record({ kind: fc.constant(kind), id })
    case 'rename-node':
      return fc.record({ kind: fc.constant(kind), from: known, to: newId })
    case 'set-param':
      return known.chain((node) => setParamArbitrary(node, pipeline))
    case 'set-node':
      return fc.record({ kind: fc.constant(kind), node: id, fields: fieldsArbitrary })
    case 'replace-node':
      return fc.record({ kind: fc.constant(kind), node: id, with: nodeArbitrary })
    case 'add-edge':
      return fc.record(
        { kind: fc.constant(kind), edge: edgeBetween(known), index: fc.nat(8) },
        { requiredKeys: ['kind', 'edge'] },
      )
    case 'remove-edge':
      return fc.record({ kind: fc.constant(kind), edge: anyOf(pipeline.edges, edgeBetween(known)) })
    case 'move-nodes':
      return fc.record({
        kind: fc.constant(kind),
        positions: fc.dictionary(id, fc.option(positionArbitrary), { maxKeys: 3, noNullPrototype: true }),
      })
    case 'set-parameter':
      return setParameterArbitrary(pipeline)
    case 'set-field':
      return setFieldArbitrary
    case 'edit-subpipeline':
      return editSubpipelineArbitrary(pipeline)
    case 'make-subpipeline':
      return fc.record({
        kind: fc.constant(kind),
        nodes: fc.array(known, { minLength: 1, maxLength: 3 }),
        id: newId,
        subpipeline: fc.constantFrom('made', 'other'),
      })
    case 'dissolve-subpipeline':
      return fc.record({
        kind: fc.constant(kind),
        node: anyOf(Object.keys(pipeline.nodes).slice(0, 1), known),
      })
  }
}

const anyOf = <Value>(values: readonly Value[], otherwise: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  values.length ? fc.constantFrom(...values) : otherwise

const edgeBetween = (node: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(node, portArbitrary, node, portArbitrary)
    .map(([from, output, to, input]) => `${from}.${output} -> ${to}.${input}`)

const fieldsArbitrary = fc.record(
  { title: fc.option(fc.string()), note: fc.option(fc.string()), disabled: fc.option(fc.boolean()) },
  { requiredKeys: [] },
)

function setParamArbitrary(node: string, pipeline: Pipeline) {
  const anyPath = fc.array(fc.oneof(fc.constantFrom('a', 'b'), fc.nat(3)), { minLength: 1, maxLength: 3 })
  const path = fc.oneof(anyOf(pathsOf(pipeline.nodes[node]?.params), anyPath), anyPath)
  return fc.record(
    { kind: fc.constant('set-param' as const), node: fc.constant(node), path, value: jsonArbitrary },
    { requiredKeys: ['kind', 'node', 'path'] },
  )
}

function setParameterArbitrary(pipeline: Pipeline) {
  const parameter: fc.Arbitrary<PipelineParameter | null> = fc.option(parameterArbitrary)
  return fc.record(
    {
      kind: fc.constant('set-parameter' as const),
      name: fc.oneof(fc.constant('added'), anyOf(Object.keys(pipeline.parameters), fc.constant('other'))),
      parameter,
      index: fc.nat(8),
    },
    { requiredKeys: ['kind', 'name', 'parameter'] },
  )
}

function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = [Array.isArray(value) ? Number(key) : key]
    return [step].concat(pathsOf(inner).map((path) => step.concat(path)))
  })
}

function editSubpipelineArbitrary(pipeline: Pipeline): fc.Arbitrary<Edit> {
  const copies = Object.entries(pipeline.subpipelines ?? {}).flatMap(([name, entry]) =>
    'pipeline' in entry ? [[name, entry.pipeline] as const] : [],
  )
  return anyOf(copies, fc.constant(['missing', pipeline] as const)).chain(([subpipeline, copy]) =>
    fc
      .array(editArbitrary(copy), { maxLength: 2 })
      .map((edits) => ({ kind: 'edit-subpipeline', subpipeline, edits })),
  )
}

const sections = [
  'name',
  'description',
  'seed',
  'inputs',
  'outputs',
  'edges',
  'links',
  'notes',
  'groups',
  'subpipelines',
  'pins',
  'checks',
  'automation',
  'layout',
] as const

const setFieldArbitrary: fc.Arbitrary<Edit> = fc
  .tuple(fc.constantFrom(...sections), pipelineArbitrary)
  .map(([field, other]) => ({ kind: 'set-field', field, value: other[field] ?? null }) as Edit)

import * as fc from 'fast-check'
import { catchUpRules, type Schedule } from '../../../src/core/automation.ts'
import type { Json, Pipeline, PipelineNode, PipelineParameter, Position } from '../../../src/core/pipeline.ts'

const reserved = new Set(['__proto__', 'constructor', 'prototype'])
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const free = (text: string): boolean => !reserved.has(text)

const nameOf = (rest: string, maxLength: number) =>
  fc
    .tuple(
      fc.constantFrom(...letters),
      fc.string({ unit: fc.constantFrom(...letters, ...rest.split('')), maxLength: maxLength - 1 }),
    )
    .map(([first, others]) => first + others)
    .filter(free)

/** Among them names that every object has. */
export const nodeIdArbitrary = fc.oneof(
  { weight: 9, arbitrary: nameOf('0123456789_-', 6) },
  { weight: 1, arbitrary: fc.constantFrom('toString', 'valueOf') },
)
export const portArbitrary = nameOf('0123456789', 4)
const keyArbitrary = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.nat().map(String)).filter(free)
const textArbitrary = fc.string({ unit: 'grapheme', maxLength: 12 })
const shortText = fc.string({ minLength: 1, maxLength: 8 })

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))

export const jsonArbitrary: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    finite,
    fc.maxSafeInteger(),
    textArbitrary,
    fc.array(tie('json'), { maxLength: 4 }),
    recordOf(keyArbitrary, tie('json'), 4),
  ),
})).json

function recordOf<Value>(key: fc.Arbitrary<string>, value: fc.Arbitrary<Value>, maxKeys: number) {
  return fc.dictionary(key, value, { maxKeys, noNullPrototype: true })
}

const paramsArbitrary = recordOf(keyArbitrary, jsonArbitrary, 4)

export const nodeArbitrary: fc.Arbitrary<PipelineNode> = fc.record(
  {
    type: fc.constantFrom('ingestion.file', 'features.split', 'training.logistic-regression'),
    version: fc.integer({ min: 1, max: 9 }),
    title: textArbitrary,
    note: textArbitrary,
    disabled: fc.boolean(),
    params: paramsArbitrary,
  },
  { requiredKeys: ['type', 'version', 'params'] },
)

export const positionArbitrary: fc.Arbitrary<Position> = fc.tuple(fc.integer(), fc.integer())

const texts = { title: textArbitrary, description: textArbitrary }
export const parameterArbitrary: fc.Arbitrary<PipelineParameter> = fc.oneof(
  parameterOf(fc.constantFrom('text', 'path'), textArbitrary),
  parameterOf(fc.constant('number'), finite),
  parameterOf(fc.constant('integer'), fc.maxSafeInteger()),
  parameterOf(fc.constant('boolean'), fc.boolean()),
)

function parameterOf<Type extends string, Value>(type: fc.Arbitrary<Type>, value: fc.Arbitrary<Value>) {
  return fc.record({ type, default: value, ...texts }, { requiredKeys: ['type'] })
}

/** An edge between the given nodes, sometimes to one that is not there. */
function edgeArbitrary(ids: readonly string[]): fc.Arbitrary<string> {
  const node = fc.oneof(
    { weight: 9, arbitrary: ids.length ? fc.constantFrom(...ids) : nodeIdArbitrary },
    { weight: 1, arbitrary: nodeIdArbitrary },
  )
  return fc
    .tuple(node, portArbitrary, node, portArbitrary)
    .map(([from, output, to, input]) => `${from}.${output} -> ${to}.${input}`)
}

const portOf = (node: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(node, portArbitrary).map(([id, port]) => `${id}.${port}`)

function pipelineOf(depth: number): fc.Arbitrary<Pipeline> {
  return recordOf(nodeIdArbitrary, nodeArbitrary, 6).chain((nodes) => {
    const ids = Object.keys(nodes)
    const known = ids.length ? fc.constantFrom(...ids) : nodeIdArbitrary
    const edges = fc.uniqueArray(edgeArbitrary(ids), { maxLength: 8 })
    const whole: fc.Arbitrary<Pipeline> = fc.record(
      {
        format: fc.constant(1 as const),
        id: fc.uuid(),
        name: fc.string({ minLength: 1, maxLength: 20 }),
        description: textArbitrary,
        seed: fc.integer({ min: 0 }),
        parameters: recordOf(nameOf('0123456789_', 5), parameterArbitrary, 4),
        inputs: recordOf(portArbitrary, fc.uniqueArray(portOf(known), { minLength: 1, maxLength: 3 }), 2),
        outputs: recordOf(portArbitrary, portOf(known), 2),
        nodes: fc.constant(nodes),
        edges,
        links: edges,
        notes: recordOf(keyArbitrary, noteArbitrary, 3),
        groups: recordOf(
          keyArbitrary,
          fc.record(
            { title: textArbitrary, nodes: fc.uniqueArray(known, { maxLength: 4 }), collapsed: fc.boolean() },
            { requiredKeys: ['title', 'nodes'] },
          ),
          3,
        ),
        subpipelines: recordOf(keyArbitrary, subpipelineArbitrary(depth - 1), 2),
        pins: recordOf(known, fc.record({ port: textArbitrary, artifact: textArbitrary }), 3),
        checks: fc.array(
          fc.oneof(
            fc.record({
              node: known,
              metric: textArbitrary,
              is: fc.constantFrom('>=' as const, '>' as const, '<=' as const, '<' as const, '==' as const),
              value: finite,
            }),
            fc.record({ type: textArbitrary, params: paramsArbitrary }),
          ),
          { maxLength: 3 },
        ),
        automation: fc.record(
          {
            schedules: fc.uniqueArray(scheduleArbitrary, { maxLength: 2, selector: ({ name }) => name }),
          },
          { requiredKeys: [] },
        ),
        layout: recordOf(known, positionArbitrary, 6),
      },
      { requiredKeys: ['format', 'id', 'name', 'seed', 'parameters', 'nodes', 'edges', 'layout'] },
    )
    return whole.map(withUse)
  })
}

/** The first node stands for the first copy, if there is one. */
function withUse(pipeline: Pipeline): Pipeline {
  const copies = Object.entries(pipeline.subpipelines ?? {}).filter(([, entry]) => 'pipeline' in entry)
  const [first] = Object.keys(pipeline.nodes)
  if (copies.length === 0 || first === undefined) return pipeline
  const use = { type: 'flow.subpipeline', version: 1, params: { subpipeline: copies[0]![0] } }
  return { ...pipeline, nodes: { ...pipeline.nodes, [first]: use } }
}

const scheduleArbitrary: fc.Arbitrary<Schedule> = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/),
  trigger: fc.oneof(
    fc.record({ kind: fc.constant('cron' as const), expression: shortText, timeZone: shortText }),
    fc.record({ kind: fc.constant('interval' as const), minutes: fc.integer({ min: 1, max: 1_440 }) }),
    fc.record(
      { kind: fc.constant('file' as const), folder: shortText, pattern: shortText, parameter: shortText },
      { requiredKeys: ['kind', 'folder', 'pattern'] },
    ),
    fc.record({ kind: fc.constant('webhook' as const) }),
    fc.record({
      kind: fc.constant('pipeline' as const),
      path: shortText,
      when: fc.constantFrom('done' as const, 'failed' as const, 'ended' as const),
    }),
  ),
  catchUp: fc.constantFrom(...catchUpRules),
  parameters: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ maxLength: 8 }), { maxKeys: 2 }),
})

const noteArbitrary = fc.record(
  { text: textArbitrary, at: positionArbitrary, size: positionArbitrary },
  { requiredKeys: ['text', 'at'] },
)

function subpipelineArbitrary(depth: number) {
  const reference = fc.record({ path: textArbitrary, hash: textArbitrary })
  if (depth === 0) return reference
  return fc.oneof(reference, fc.record({ pipeline: pipelineOf(depth) }))
}

/** Any pipeline that the schema accepts, with every part that format 1 knows. */
export const pipelineArbitrary: fc.Arbitrary<Pipeline> = pipelineOf(2)

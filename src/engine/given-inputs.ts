import { z } from 'zod'
import type { PortType } from '../core/artifacts.ts'
import { unknownTable, type ModelShape, type Shape, type TableShape } from '../core/columns.ts'
import { ownValue } from '../core/own-value.ts'
import { undrawnMark, type Pipeline, type PipelineNode } from '../core/pipeline.ts'
import { defineNode, type AnyNodeDefinition } from '../node-kit/define-node.ts'

/** What arrives at the inputs of a pipeline that runs inside another, by their names. */
export type GivenInputs = ReadonlyMap<string, Shape>

/** A node that nobody drew: it stands for what is given at an input. */
export const isGivenInput = (node: string): boolean => node.startsWith(undrawnMark)

export const givenNode = (input: string): string => `${undrawnMark}${input}`

/** The pipeline with a node in front of each input that gives what arrives there. */
export function withGivenInputs(pipeline: Pipeline, given: GivenInputs): Pipeline {
  const nodes = [...given].map(([name, { kind }]): [string, PipelineNode] => [
    givenNode(name),
    { type: `flow.given-${kind}`, version: 1, params: {} },
  ])
  const edges = [...given].flatMap(([name, { kind }]) =>
    (ownValue(pipeline.inputs ?? {}, name) ?? []).map((port) => `${givenNode(name)}.${kind} -> ${port}`),
  )
  return {
    ...pipeline,
    nodes: { ...Object.fromEntries(nodes), ...pipeline.nodes },
    edges: [...edges, ...pipeline.edges],
  }
}

const described = {
  version: 1,
  title: 'Given',
  summary: 'What arrives at an input.',
  description: 'What arrives at an input.',
  keywords: [],
  inputs: {},
  params: z.strictObject({}),
  failures: {},
  examples: [],
  effect: 'pure',
  learnsFrom: 'nothing',
} as const

const output = <Type extends PortType>(type: Type) => ({ type, title: 'Given' })

/** The types of such nodes; a check is given the shapes as if they had been probed. */
export const givenDefinitions: readonly AnyNodeDefinition[] = [
  defineNode({
    ...described,
    id: 'flow.given-table',
    outputs: { table: output('table') },
    propagate: ({ probed }) => ({ outputs: { table: (probed?.['table'] as TableShape) ?? unknownTable } }),
  }),
  defineNode({
    ...described,
    id: 'flow.given-model',
    outputs: { model: output('model') },
    propagate: ({ probed }) => ({
      outputs: { model: (probed?.['model'] as ModelShape) ?? { kind: 'model', task: null, target: null } },
    }),
  }),
  defineNode({
    ...described,
    id: 'flow.given-report',
    outputs: { report: output('report') },
    propagate: () => ({ outputs: { report: { kind: 'report' } } }),
  }),
]

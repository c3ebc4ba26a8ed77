import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'
import { pipelineSchema, type Pipeline } from '../../../src/core/pipeline.ts'

type Ports = NodeDescription['inputs']
const table = { type: 'table', title: 'Table' } as const
const model = { type: 'model', title: 'Model' } as const

const describe = (id: string, inputs: Ports, outputs: Ports): NodeDescription => ({
  id,
  version: 1,
  stage: id.slice(0, id.indexOf('.')) as NodeDescription['stage'],
  title: id.slice(id.indexOf('.') + 1),
  summary: '',
  keywords: [],
  effect: 'pure',
  description: '',
  inputs,
  outputs,
  params: {},
  learnsFrom: 'nothing',
  failures: {},
  examples: [],
})

/** A few node types: a source, a step, one that takes many tables, a learner and a report. */
export const definitions: Readonly<Record<string, NodeDescription>> = Object.fromEntries(
  [
    describe('ingestion.file', {}, { table, rejects: table }),
    describe('features.scale', { table }, { table }),
    describe('features.append', { tables: { ...table, many: true } }, { table }),
    describe('training.trees', { table }, { model }),
    describe('training.evaluate', { models: { ...model, many: true }, table }, {}),
  ].map((description) => [description.id, description]),
)

/** `file → scale → trees → evaluate`, with the table of `scale` at `evaluate` too. */
export const samplePipeline = (): Pipeline =>
  pipelineSchema.parse({
    format: 1,
    id: 'sample',
    name: 'Sample',
    nodes: {
      file: { type: 'ingestion.file', version: 1, params: { path: 'a.csv' } },
      scale: { type: 'features.scale', version: 1 },
      trees: { type: 'training.trees', version: 1 },
      evaluate: { type: 'training.evaluate', version: 1 },
    },
    edges: [
      'file.table -> scale.table',
      'scale.table -> trees.table',
      'trees.model -> evaluate.models',
      'scale.table -> evaluate.table',
    ],
    layout: { file: [0, 0], scale: [300, 0], trees: [600, 0], evaluate: [900, 60] },
  })

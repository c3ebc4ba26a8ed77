import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'

const params = z.strictObject({
  subpipeline: z.string().min(1).meta({
    title: 'Sub-pipeline',
    description: 'Its name among the sub-pipelines of this pipeline file.',
  }),
  parameters: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({
      title: 'Values',
      description:
        'Values of its parameters; what is left out has its default. A value may be a parameter of this pipeline, as ' +
        'in `${data}`.',
    }),
})

export const subpipeline = defineNode({
  id: 'flow.subpipeline',
  version: 1,
  title: 'Sub-pipeline',
  summary: 'Stands for a pipeline inside the pipeline.',
  description:
    'Steps that belong together become one box, which can be used several times, each time with other values of its ' +
    'parameters. Its inputs and outputs are those that the sub-pipeline declares. The sub-pipeline stands in the same ' +
    'file as a copy, or in a file of its own, by the hash of its content.\n\n' +
    'Before anything runs, its steps take the place of the box, with names such as `prepare/impute`: each is checked, ' +
    'stored and explained as any other. The seed is that of the pipeline that runs, and relative paths start at the ' +
    'folder of its file.',
  keywords: ['group', 'module', 'component', 'reuse', 'nested pipeline', 'macro', 'metanode', 'template'],
  inputs: {},
  outputs: {},
  params,
  failures: {},
  examples: [],
  effect: 'pure',
  isExpanded: true,
  learnsFrom: 'nothing',
  propagate: () => ({ outputs: {} }),
})

import { z } from 'zod'
import type { NodeDescription, NodeSummary } from '../contract/nodes-contract.ts'
import type { ErrorEntry } from '../core/errors.ts'
import { nearestName } from '../core/nearest-name.ts'
import type { AnyNodeDefinition, Ports, Stage } from '../node-kit/define-node.ts'
import { nodeTypeError } from './errors.ts'
import { implementation } from './implementation.ts'
import type { Services } from './services.ts'

export function nodesHandlers({ definitions }: Services) {
  const { nodes } = implementation
  return {
    list: nodes.list.handler(() => ({ nodes: definitions.map(summaryOf) })),
    show: nodes.show.handler(({ input }) => {
      const definition = definitions.find(({ id }) => id === input.id)
      if (!definition) throw unknownType(input.id, definitions)
      return describeDefinition(definition)
    }),
  }
}

function summaryOf({ id, version, title, summary, keywords, effect }: AnyNodeDefinition): NodeSummary {
  return { id, version, stage: id.slice(0, id.indexOf('.')) as Stage, title, summary, keywords, effect }
}

function describeDefinition(definition: AnyNodeDefinition): NodeDescription {
  const { description, inputs, outputs, params, learnsFrom, failures, examples } = definition
  return {
    ...summaryOf(definition),
    description,
    inputs: inputs as Ports,
    outputs: outputs as Ports,
    params: z.toJSONSchema(params as z.ZodObject, { io: 'input' }) as NodeDescription['params'],
    learnsFrom: typeof learnsFrom === 'function' ? null : learnsFrom,
    failures: Object.fromEntries(
      Object.entries<ErrorEntry>(failures).map(([code, { kind, message, remedy }]) => [
        code,
        { kind, message, remedy },
      ]),
    ),
    examples: examples.map((example) => ({
      title: example.title,
      params: example.params as NodeDescription['examples'][number]['params'],
    })),
  }
}

function unknownType(id: string, definitions: readonly AnyNodeDefinition[]): Error {
  const near = nearestName(
    id,
    definitions.map((definition) => definition.id),
  )
  const hint = near ? `Did you mean “${near}”?` : 'See `pipewright nodes list`.'
  return nodeTypeError('unknown', { id, hint })
}

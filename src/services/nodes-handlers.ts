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
    catalogue: nodes.catalogue.handler(() => ({ nodes: definitions.map(describeDefinition) })),
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
  const ids = definitions.map((definition) => definition.id)
  const near = ids.find((each) => lastPart(each) === id) ?? nearestName(id, ids) ?? nearByLastPart(id, ids)
  const hint = near ? `Did you mean “${near}”?` : 'See `pipewright nodes list`.'
  return nodeTypeError('unknown', { id, hint })
}

/** The stage is easily forgotten. */
function nearByLastPart(id: string, ids: readonly string[]): string | undefined {
  const near = nearestName(lastPart(id), ids.map(lastPart))
  return near === undefined ? undefined : ids.find((each) => lastPart(each) === near)
}

const lastPart = (id: string): string => id.slice(id.indexOf('.') + 1)

import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'
import { parseEdge, parsePort, type Pipeline } from '../../../src/core/pipeline.ts'
import { subpipelineNamed, subpipelineType } from '../../../src/core/subpipeline-use.ts'
import { innerPipeline } from '../../state/scope.ts'
import type { Definitions } from './title-of.ts'

type Ports = NodeDescription['inputs']

const made = new WeakMap<Pipeline, { definitions: Definitions; description: NodeDescription }>()

/** The type of a node; of one that stands for a sub-pipeline, with the ports that this declares. */
export function descriptionOf(
  document: Pipeline,
  id: string,
  definitions: Definitions,
): NodeDescription | undefined {
  const node = document.nodes[id]
  const description = node && definitions[node.type]
  if (!description || node.type !== subpipelineType) return description
  const inner = innerPipeline(document, id)?.pipeline
  if (!inner) return elsewhere(description, document, id)
  const known = made.get(inner)
  if (known?.definitions === definitions && known.description.title === (subpipelineNamed(node) ?? ''))
    return known.description
  const portsOf = (ports: readonly (readonly [string, string])[], side: 'inputs' | 'outputs'): Ports =>
    Object.fromEntries(
      ports.flatMap(([name, port]) => {
        const end = parsePort(port)
        const type = descriptionOf(inner, end.node, definitions)?.[side][end.port]?.type
        return type ? [[name, { type, title: name }]] : []
      }),
    )
  const inputs = Object.entries(inner.inputs ?? {}).map(([name, [first = '']]) => [name, first] as const)
  const own = withPorts(
    Object.assign({}, description, { title: subpipelineNamed(node) ?? description.title }),
    {
      inputs: portsOf(
        inputs.filter(([, port]) => port !== ''),
        'inputs',
      ),
      outputs: portsOf(Object.entries(inner.outputs ?? {}), 'outputs'),
    },
  )
  made.set(inner, { definitions, description: own })
  return own
}

const withPorts = (
  description: NodeDescription,
  ports: Pick<NodeDescription, 'inputs' | 'outputs'>,
): NodeDescription => Object.assign({}, description, ports)

const ofOthers = new WeakMap<Pipeline, Map<string, NodeDescription>>()

/** The same object each time: who follows the state would never come to rest otherwise. */
function elsewhere(description: NodeDescription, document: Pipeline, id: string): NodeDescription {
  const known = ofOthers.get(document) ?? new Map<string, NodeDescription>()
  ofOthers.set(document, known)
  const found = known.get(id) ?? withPorts(description, portsInUse(document, id))
  known.set(id, found)
  return found
}

/** Of a sub-pipeline that stands elsewhere only those ports are known that edges lead to. */
function portsInUse(document: Pipeline, id: string): Pick<NodeDescription, 'inputs' | 'outputs'> {
  const ends = document.edges.map(parseEdge)
  const named = (ports: readonly string[]): Ports =>
    Object.fromEntries(ports.map((port) => [port, { type: 'table' as const, title: port }]))
  return {
    inputs: named(ends.filter(({ to }) => to.node === id).map(({ to }) => to.port)),
    outputs: named(ends.filter(({ from }) => from.node === id).map(({ from }) => from.port)),
  }
}

import type { CheckResult } from '../checks/check-pipeline.ts'
import type { Shape } from '../core/columns.ts'
import type { ReferencedPipelines } from '../core/expand-pipeline.ts'
import { sourceOf } from '../core/expansion-level.ts'
import type { Finding } from '../core/finding.ts'
import { ownValue } from '../core/own-value.ts'
import { parsePort, type Pipeline } from '../core/pipeline.ts'
import type { ParameterValue } from '../core/resolve-parameters.ts'
import type { AnyNodeDefinition, ItemPipeline } from '../node-kit/define-node.ts'
import type { Shapes } from '../node-kit/propagation.ts'
import { knownInputs } from './probe-behind.ts'
import type { Probed } from './probe-sources.ts'
import { subpipelineOf } from './subpipeline-of.ts'

/** A sub-pipeline as one item of a node would run it. */
export interface ItemCheck {
  pipeline: Pipeline
  parameters: Readonly<Record<string, ParameterValue>>
  inputs: ReadonlyMap<string, Shape>
}

/**
 * Checks the sub-pipeline of each node that runs one for its items, where what arrives at the node is known and it was
 * not looked at yet: what an item gives, by the node, and what is wrong with it, told at the node.
 */
export async function checkItemPipelines(options: {
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  check: CheckResult
  references: ReferencedPipelines
  seen: ReadonlyMap<string, Probed>
  checkItem: (item: ItemCheck) => Promise<CheckResult>
}): Promise<{ shapes: Map<string, Shapes>; findings: Finding[] }> {
  const { definitions, check, references, seen, checkItem } = options
  const shapes = new Map<string, Shapes>()
  const findings: Finding[] = []
  for (const [node, { type }] of Object.entries(check.live.pipeline.nodes)) {
    const definition = definitions.get(type)
    const params = check.params.get(node)
    if (!definition?.runsSubpipeline || params === undefined || seen.has(node)) continue
    const arriving = knownInputs(node, definition, check)
    const pipeline = subpipelineOf(node, { check, definition, references })
    if (!arriving || !pipeline) continue
    const item: ItemPipeline = definition.runsSubpipeline(params)
    const inputs = Object.entries(item.inputs).flatMap(([name, port]): [string, Shape][] => {
      const shape = arriving[port]
      return shape && 'kind' in shape ? [[name, shape]] : []
    })
    const inner = await checkItem({ pipeline, parameters: item.parameters, inputs: new Map(inputs) })
    const given = item.outputs.flatMap((output): [string, Shape][] => {
      const port = ownValue(pipeline.outputs ?? {}, output)
      const source = port === undefined ? null : sourceOf(inner.expanded.top, parsePort(port))
      const shape = source && inner.shapes.get(source.node)?.[source.port]
      return shape ? [[shape.kind, shape]] : []
    })
    shapes.set(node, Object.fromEntries(given))
    findings.push(...inner.findings.filter((each) => isTold(each, item)).map((each) => toldAt(node, each)))
  }
  return { shapes, findings }
}

/** The values of the parameters that each item has of its own are not known yet, nor what can be read with them. */
function isTold({ code, message }: Finding, { itemParameters }: ItemPipeline): boolean {
  if (code === 'unreadable-source') return false
  return code !== 'missing-value' || !itemParameters.some((name) => message.includes(`“${name}”`))
}

function toldAt(node: string, { at, message, fix: _fix, edge: _edge, ...finding }: Finding): Finding {
  const place = at ? `In “${node}/${at.node}”: ` : ''
  return { ...finding, message: `${place}${message}`, at: { node, param: 'subpipeline' } }
}

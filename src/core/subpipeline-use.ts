import { ownValue } from './own-value.ts'
import type { PipelineNode } from './pipeline.ts'
import type { ParameterValue } from './resolve-parameters.ts'

/** The node type that stands for a sub-pipeline. */
export const subpipelineType = 'flow.subpipeline'
/** Types whose parameter `subpipeline` names one. */
const namingTypes: ReadonlySet<string> = new Set([subpipelineType, 'flow.for-each', 'training.tune'])

/** How a node stands for a sub-pipeline of the pipeline that it is in. */
export interface SubpipelineUse {
  /** Its name there. */
  subpipeline: string
  /** Values of its parameters. */
  parameters: Readonly<Record<string, ParameterValue>>
}

/** What a node says of the sub-pipeline that it stands for; null for any other node, and where it names none. */
export function subpipelineUse(node: PipelineNode): SubpipelineUse | null {
  const subpipeline = node.type === subpipelineType ? subpipelineNamed(node) : null
  if (subpipeline === null) return null
  const given = ownValue(node.params, 'parameters')
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : []
  return {
    subpipeline,
    parameters: Object.fromEntries(
      entries.filter((entry): entry is [string, ParameterValue] =>
        ['string', 'number', 'boolean'].includes(typeof entry[1]),
      ),
    ),
  }
}

/** The sub-pipeline that a node speaks of, whether it stands for it or runs it for its items. */
export function subpipelineNamed({ type, params }: PipelineNode): string | null {
  const subpipeline = namingTypes.has(type) ? ownValue(params, 'subpipeline') : undefined
  return typeof subpipeline === 'string' ? subpipeline : null
}

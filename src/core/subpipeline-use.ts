import { ownValue } from './own-value.ts'
import type { PipelineNode } from './pipeline.ts'
import type { ParameterValue } from './resolve-parameters.ts'

/** The node type that stands for a sub-pipeline. */
export const subpipelineType = 'flow.subpipeline'

/** How a node uses a sub-pipeline of the pipeline that it stands in. */
export interface SubpipelineUse {
  /** Its name there. */
  subpipeline: string
  /** Values of its parameters. */
  parameters: Readonly<Record<string, ParameterValue>>
}

/** What a node says of the sub-pipeline that it stands for; null for any other node, and where it names none. */
export function subpipelineUse({ type, params }: PipelineNode): SubpipelineUse | null {
  const subpipeline = type === subpipelineType ? ownValue(params, 'subpipeline') : undefined
  if (typeof subpipeline !== 'string') return null
  const given = ownValue(params, 'parameters')
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

import type { ExpandedPipeline } from '../core/expand-pipeline.ts'
import type { Finding } from '../core/finding.ts'
import { subpipelineType } from '../core/subpipeline-use.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import { checkParams } from './check-params.ts'
import { checkTypes } from './check-types.ts'
import type { Checked, Inspection } from './inspection.ts'
import { resolveDisabled } from './resolve-disabled.ts'

/** What the nodes of a pipeline are, each by itself. */
export interface InspectedPipeline {
  inspection: Inspection
  types: { findings: readonly Finding[] }
  /** Parsed parameters of each node whose parameters are right. */
  params: Checked<ReadonlyMap<string, unknown>>
}

/** Finds the definitions and parameters of the nodes that would run. */
export function inspectPipeline(
  expanded: ExpandedPipeline,
  allDefinitions: ReadonlyMap<string, AnyNodeDefinition>,
): InspectedPipeline {
  const { document, unfilled } = expanded
  const definitions = new Map(allDefinitions)
  // What is left of that type is a sub-pipeline that cannot be had: its ports are not known.
  definitions.delete(subpipelineType)
  const live = resolveDisabled(expanded.pipeline, definitions)
  const types = checkTypes({ document, live: live.pipeline, definitions })
  const inspection: Inspection = {
    expanded,
    document,
    definitions,
    live,
    graph: live.graph,
    nodes: types.result,
  }
  return { inspection, types, params: checkParams(inspection, unfilled) }
}

import type { CheckResult } from '../checks/check-pipeline.ts'
import { embedReferences } from '../core/embed-references.ts'
import { PipewrightError } from '../core/errors.ts'
import type { ReferencedPipelines } from '../core/expand-pipeline.ts'
import { levelOf } from '../core/expansion-level.ts'
import { ownValue } from '../core/own-value.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { AnyNodeDefinition, ItemPipeline } from '../node-kit/define-node.ts'

/** The sub-pipeline that a node runs for its items, with all that it refers to written in; null where there is none. */
export function subpipelineOf(
  node: string,
  options: { check: CheckResult; definition: AnyNodeDefinition; references: ReferencedPipelines },
): Pipeline | null {
  const { check, definition, references } = options
  const item: ItemPipeline | undefined = definition.runsSubpipeline?.(check.params.get(node))
  if (!item) return null
  const { pipeline } = levelOf(check.expanded.top, node).level
  const entry = ownValue(pipeline.subpipelines ?? {}, item.subpipeline)
  const found = entry && ('pipeline' in entry ? entry.pipeline : references.get(entry.hash))
  return !found || found instanceof PipewrightError ? null : embedReferences(found, references)
}

import type { Pipeline } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'

/** A pipeline as it would run. */
export interface LivePipeline {
  /** Without disabled nodes, and without what cannot run for want of them. */
  pipeline: Pipeline
  disabled: readonly string[]
  /** Nodes that are left out although they are not disabled, each with the disabled node that it waits for. */
  skipped: ReadonlyMap<string, string>
}

/**
 * Takes disabled nodes out. A disabled node passes its first connected input of the same type through; where it has
 * none, the edge is gone, and a node that needs it is skipped.
 */
export function resolveDisabled(
  pipeline: Pipeline,
  definitions: ReadonlyMap<string, AnyNodeDefinition>,
): LivePipeline {
  throw new Error(`not built yet: ${pipeline.id} ${definitions.size}`)
}

import type { ErrorReport } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import type { Pipeline } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Shapes } from '../node-kit/propagation.ts'
import type { LivePipeline } from './resolve-disabled.ts'

export interface CheckRequest {
  pipeline: Pipeline
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  /** What probing each source gave; null where it could not be read; nothing where it was not tried. */
  probed: ReadonlyMap<string, Shapes | null>
  /** Why a source could not be read. */
  probeFailures?: ReadonlyMap<string, ErrorReport>
  /** Values of the pipeline's parameters, as texts. */
  parameters?: Readonly<Record<string, string>>
}

export interface CheckResult {
  /** In the order of the nodes in the file. */
  findings: readonly Finding[]
  /** Shapes of the outputs of each node that would run. */
  shapes: ReadonlyMap<string, Shapes>
  /** Parsed parameters, filled in and upgraded, of each node whose parameters are right. */
  params: ReadonlyMap<string, unknown>
  /** What would run: without disabled nodes. */
  live: LivePipeline
}

/** Everything that can be said about a pipeline without running it. */
export function checkPipeline(request: CheckRequest): CheckResult {
  throw new Error(`not built yet: ${request.pipeline.id}`)
}

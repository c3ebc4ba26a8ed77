import type { Pipeline } from '../core/pipeline.ts'

/** A pipeline with what it takes to understand it. */
export interface PipelineSource {
  pipeline: Pipeline
  /** Absolute path of the pipeline file; it need not be saved there yet. */
  path: string
  /** Values of the pipeline's parameters, as texts. */
  parameters?: Readonly<Record<string, string>>
}

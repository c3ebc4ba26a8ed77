import type { ParameterValue } from '../core/resolve-parameters.ts'
import type { Pipeline } from '../core/pipeline.ts'

/** A pipeline whose sources are looked at; its parameters may have values of any type. */
export interface ProbeSource extends Omit<PipelineSource, 'parameters'> {
  parameters?: Readonly<Record<string, ParameterValue>>
}

/** A pipeline with what it takes to understand it. */
export interface PipelineSource {
  pipeline: Pipeline
  /** Absolute path of the pipeline file; it need not be saved there yet. */
  path: string
  /** Values of the pipeline's parameters, as texts. */
  parameters?: Readonly<Record<string, string>>
}

import { PipewrightError } from './errors.ts'
import type { ReferencedPipelines } from './expand-pipeline.ts'
import type { Pipeline, Subpipeline } from './pipeline.ts'

/** The pipeline with copies in place of references, to any depth; references that cannot be had stay. */
export function embedReferences(pipeline: Pipeline, references: ReferencedPipelines): Pipeline {
  if (!pipeline.subpipelines) return pipeline
  const embed = (entry: Subpipeline): Subpipeline => {
    const inner = 'pipeline' in entry ? entry.pipeline : references.get(entry.hash)
    if (!inner || inner instanceof PipewrightError) return entry
    return { pipeline: embedReferences(inner, references) }
  }
  const subpipelines = Object.entries(pipeline.subpipelines).map(([name, entry]) => [name, embed(entry)])
  return { ...pipeline, subpipelines: Object.fromEntries(subpipelines) as Record<string, Subpipeline> }
}

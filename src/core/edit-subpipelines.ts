import { didYouMean } from './nearest-name.ts'
import { ownValue } from './own-value.ts'
import { pipelineError } from './pipeline-errors.ts'
import type { Pipeline } from './pipeline.ts'

/** A sub-pipeline that stands in the file; throws where there is none, or where it stands in a file of its own. */
export function copiedSubpipeline({ subpipelines = {} }: Pipeline, subpipeline: string): Pipeline {
  const entry = ownValue(subpipelines, subpipeline)
  if (!entry) {
    const remedy = didYouMean(subpipeline, Object.keys(subpipelines), 'It may have been removed meanwhile.')
    throw pipelineError('no-subpipeline', { subpipeline, remedy })
  }
  if ('path' in entry) throw pipelineError('subpipeline-elsewhere', { subpipeline, path: entry.path })
  return entry.pipeline
}

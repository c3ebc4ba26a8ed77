import { pipelineError } from './pipeline-errors.ts'
import { pipelineLimits } from './pipeline.ts'
import { utf8Length } from './utf8-length.ts'

/** Throws when a pipeline's text is larger than a file may be. */
export function refuseTooLarge(text: string): void {
  // A character takes at most three bytes for each unit of length: most texts need no count.
  if (text.length * 3 <= pipelineLimits.bytes) return
  const bytes = utf8Length(text)
  if (bytes <= pipelineLimits.bytes) return
  throw pipelineError('too-large', {
    megabytes: (bytes / 1024 ** 2).toFixed(1),
    limit: pipelineLimits.bytes / 1024 ** 2,
  })
}

/** Throws when a pipeline, with the pipelines inside it, has more nodes than it may. */
export function refuseTooManyNodes(pipeline: unknown): void {
  const count = countNodes(pipeline)
  if (count > pipelineLimits.nodes)
    throw pipelineError('too-many-nodes', { count, limit: pipelineLimits.nodes })
}

function countNodes(pipeline: unknown): number {
  if (!isObject(pipeline)) return 0
  const own = isObject(pipeline.nodes) ? Object.keys(pipeline.nodes).length : 0
  const inner = isObject(pipeline.subpipelines) ? Object.values(pipeline.subpipelines) : []
  return inner.reduce<number>((sum, part) => sum + (isObject(part) ? countNodes(part.pipeline) : 0), own)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

import type { PipewrightError } from './errors.ts'
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

export const tooManyNodes = (count: number): PipewrightError =>
  pipelineError('too-many-nodes', { count, limit: pipelineLimits.nodes })

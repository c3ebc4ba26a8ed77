import type { Pipeline } from './pipeline.ts'

/**
 * The pipeline with every `${name}` in its nodes' params filled in: from `given` (texts, as on a command line),
 * else from the parameter's default. Throws a PipewrightError for the first thing that does not fit.
 */
export function resolveParameters(options: {
  pipeline: Pipeline
  given: Readonly<Record<string, string>>
}): Pipeline {
  throw new Error(`not built yet: ${options.pipeline.id}`)
}

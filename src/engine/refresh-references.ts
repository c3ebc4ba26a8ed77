import type { Pipeline, Subpipeline } from '../core/pipeline.ts'
import { hashOfPipeline, readReference } from './load-references.ts'
import type { PipelineSource } from './pipeline-source.ts'

/** A reference of a pipeline file, and what it refers to now. */
export interface RefreshedReference {
  /** Names from the outside in, where it stands in a copy. */
  subpipeline: string
  path: string
  before: string
  now: string
}

/**
 * The pipeline with each of its references, in copies too, to the file as it is now. Throws where a file cannot be
 * read. What a file refers to in turn is its own matter.
 */
export async function refreshReferences({
  pipeline,
  path,
}: Pick<PipelineSource, 'pipeline' | 'path'>): Promise<{
  pipeline: Pipeline
  references: readonly RefreshedReference[]
}> {
  const references: RefreshedReference[] = []
  const refresh = async (each: Pipeline, names: readonly string[]): Promise<Pipeline> => {
    if (!each.subpipelines) return each
    const subpipelines: Record<string, Subpipeline> = {}
    for (const [name, entry] of Object.entries(each.subpipelines)) {
      const subpipeline = [...names, name].join('/')
      if ('pipeline' in entry) {
        subpipelines[name] = { pipeline: await refresh(entry.pipeline, [...names, name]) }
        continue
      }
      const reference = await readReference({ subpipeline, path: entry.path }, { path, through: [path] })
      const now = hashOfPipeline(reference.pipeline)
      references.push({ subpipeline, path: reference.path, before: entry.hash, now })
      subpipelines[name] = { path: entry.path, hash: now }
    }
    return { ...each, subpipelines }
  }
  return { pipeline: await refresh(pipeline, []), references }
}

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePipeline } from '../../core/parse-pipeline.ts'
import { pipelineLimits, type Pipeline } from '../../core/pipeline.ts'

/** A pipeline file with schedules. */
export interface ScheduledPipeline {
  /** Absolute. */
  path: string
  pipeline: Pipeline
}

const deepest = 6
const mostFiles = 2_000

/** Looks at pipeline files; one that has not changed since is not read again. */
export interface PipelineFinder {
  /** All of the folder that have schedules, by path. What cannot be read is left out. */
  findAll(): Promise<ScheduledPipeline[]>
  /** Null where there is no such file, or no pipeline in it. */
  read(path: string): Promise<Pipeline | null>
}

export function createPipelineFinder(folder: string): PipelineFinder {
  const known = new Map<string, { stamp: string; pipeline: Pipeline | null }>()
  const read = async (path: string): Promise<Pipeline | null> => {
    try {
      const { mtimeMs, size, ino } = await stat(path)
      const stamp = `${mtimeMs} ${size} ${ino}`
      const before = known.get(path)
      if (before?.stamp === stamp) return before.pipeline
      const pipeline = size > pipelineLimits.bytes ? null : parsePipeline(await readFile(path, 'utf8'))
      known.set(path, { stamp, pipeline })
      return pipeline
    } catch {
      known.delete(path)
      return null
    }
  }
  return {
    read,
    async findAll() {
      const found: ScheduledPipeline[] = []
      for (const path of (await pipelineFiles(folder, deepest)).slice(0, mostFiles)) {
        const pipeline = await read(path)
        if (pipeline && (pipeline.automation?.schedules?.length ?? 0) > 0) found.push({ path, pipeline })
      }
      return found
    },
  }
}

/** Without hidden folders and those that package managers fill. */
async function pipelineFiles(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files: string[] = []
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isFile() && entry.name.endsWith('.pipeline.json')) files.push(path)
    const isLookedInto = entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules'
    if (isLookedInto && depth > 0) files.push(...(await pipelineFiles(path, depth - 1)))
  }
  return files
}

import type { LoggedModel } from '../../serving/log/prediction-record.ts'
import { listSegments, type Segment } from '../../serving/log/segment-name.ts'
import { readLoggedModel, sizeOf } from './segment-feed.ts'

/** No file of a log is written to for longer, with an hour to spare. */
export const longestSegmentMs = 2 * 3_600_000

export interface LogFile {
  segment: Segment
  model: LoggedModel
}

/** The files of the log of a deployment, by the version whose answers they hold. */
export interface LogFiles {
  /** Those that began at `since` or later, the oldest first, of the versions that answer callers. */
  byVersion(since: number): Promise<Map<string, LogFile[]>>
  /** One by its name; null where it is gone. */
  find(name: string): Promise<LogFile | null>
}

export function createLogFiles(folder: string): LogFiles {
  const models = new Map<string, LoggedModel>()
  const modelOf = async (segment: Segment): Promise<LoggedModel | null> => {
    const known = models.get(segment.name)
    if (known) return known
    // One that was removed meanwhile has nothing to read.
    const model = (await sizeOf(segment)) > 0 ? await readLoggedModel(segment) : null
    if (model) models.set(segment.name, model)
    return model
  }
  return {
    async byVersion(since) {
      const files = new Map<string, LogFile[]>()
      const segments = await listSegments(folder, 'predictions')
      const names = new Set(segments.map(({ name }) => name))
      for (const name of models.keys()) if (!names.has(name)) models.delete(name)
      for (const segment of segments) {
        if (segment.startedAt < since) continue
        const model = await modelOf(segment)
        if (!model || (model.role !== 'live' && model.role !== 'canary')) continue
        const version = versionOf(model)
        files.set(version, [...(files.get(version) ?? []), { segment, model }])
      }
      return files
    },
    async find(name) {
      const segment = (await listSegments(folder, 'predictions')).find((each) => each.name === name)
      const model = segment && (await modelOf(segment))
      return segment && model ? { segment, model } : null
    },
  }
}

export const versionOf = ({ model, version }: LoggedModel): string => `${model}:${version}`

import { dirname, resolve } from 'node:path'
import type { Trigger } from '../../core/automation.ts'
import { cronProblem } from '../../core/schedule-times.ts'
import type { PipelineFinder } from './find-pipelines.ts'

/** Why a trigger of a pipeline file can start nothing, or would start itself for ever, in words; null where all is well. */
export async function triggerProblem(
  path: string,
  trigger: Trigger,
  pipelines: PipelineFinder,
): Promise<string | null> {
  if (trigger.kind === 'cron') return cronProblem(trigger)
  if (trigger.kind !== 'pipeline') return null
  const other = resolve(dirname(path), trigger.path)
  if (!(await pipelines.read(other))) return `There is no pipeline at “${other}”, or it cannot be read.`
  return (await startsAfter(other, path, { pipelines, seen: new Set() }))
    ? `“${other}” is itself started after this pipeline: they would start each other for ever.`
    : null
}

/** Whether one pipeline is started after another, or after one that is. */
async function startsAfter(
  path: string,
  after: string,
  { pipelines, seen }: { pipelines: PipelineFinder; seen: Set<string> },
): Promise<boolean> {
  if (path === after) return true
  if (seen.has(path)) return false
  seen.add(path)
  const schedules = (await pipelines.read(path))?.automation?.schedules ?? []
  for (const { trigger } of schedules)
    if (trigger.kind === 'pipeline') {
      const before = resolve(dirname(path), trigger.path)
      if (await startsAfter(before, after, { pipelines, seen })) return true
    }
  return false
}

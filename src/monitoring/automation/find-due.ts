import { dirname, resolve } from 'node:path'
import type { Schedule, Trigger } from '../../core/automation.ts'
import { isTimed, dueTimes } from '../../core/schedule-times.ts'
import type { DueOccurrence, EndedRun, ScheduleRecord } from '../../storage/schedules.ts'
import type { PipelineFinder } from './find-pipelines.ts'
import { listDropped } from './list-dropped.ts'

/** What is due this late was missed by whoever was there, and falls under the catch-up rule. */
const lateMs = 60_000
/** More than these are made up for by nobody. */
const mostDue = 1_000

export interface DueParts {
  now: () => number
  pipelines: PipelineFinder
  endedRuns: (request: { pipelineId: string; after: number; until: number }) => readonly EndedRun[]
  /** Those of some keys that are noted already. */
  known: (schedule: number, keys: readonly string[]) => ReadonlySet<string>
}

/** What fell due of a schedule since it was last looked at, by its catch-up rule, and up to when it was looked at. */
export async function findDue(
  { path, schedule, record }: { path: string; schedule: Schedule; record: ScheduleRecord },
  parts: DueParts,
): Promise<{ due: DueOccurrence[]; until: number }> {
  const until = untilOf(schedule.trigger, record, parts.now())
  const after = Math.min(record.seenUntil, until)
  const arrived = await arrivals(path, schedule.trigger, { after, until }, parts)
  const known = parts.known(
    record.number,
    arrived.map(({ key }) => key),
  )
  const due = arrived
    .filter(({ key }) => !known.has(key))
    .map(({ key, dueAt, parameters }) => ({
      key,
      dueAt,
      parameters: { ...schedule.parameters, ...parameters },
    }))
  return { due: catchUp(due, schedule.catchUp, parts.now()), until }
}

/**
 * Files are told apart by name, time and size alone, as one may be older than what was seen before it. A run may still end
 * in the very millisecond that it is.
 */
function untilOf({ kind }: Trigger, { seenUntil }: ScheduleRecord, now: number): number {
  if (kind === 'file') return Math.min(seenUntil, now)
  return kind === 'pipeline' ? now - 1 : now
}

type Arrival = Pick<DueOccurrence, 'key' | 'dueAt' | 'parameters'>

async function arrivals(
  path: string,
  trigger: Trigger,
  { after, until }: { after: number; until: number },
  { now, pipelines, endedRuns }: DueParts,
): Promise<Arrival[]> {
  if (isTimed(trigger))
    return dueTimes(trigger, { after, until, most: mostDue }).map((dueAt) => ({
      key: new Date(dueAt).toISOString(),
      dueAt,
      parameters: {},
    }))
  switch (trigger.kind) {
    case 'file':
      return (
        await listDropped(resolve(dirname(path), trigger.folder), { pattern: trigger.pattern, now: now() })
      )
        .filter(({ changedAt }) => changedAt > after)
        .map(({ file, stamp, changedAt }) => ({
          key: `${file} ${stamp}`,
          dueAt: changedAt,
          parameters: trigger.parameter === undefined ? {} : { [trigger.parameter]: file },
        }))
    case 'pipeline': {
      const other = await pipelines.read(resolve(dirname(path), trigger.path))
      if (!other) return []
      return endedRuns({ pipelineId: other.id, after, until })
        .filter(({ status }) => trigger.when === 'ended' || status === trigger.when)
        .map(({ id, finishedAt }) => ({ key: id, dueAt: finishedAt, parameters: {} }))
    }
    case 'webhook':
      return []
  }
}

function catchUp(
  due: readonly Omit<DueOccurrence, 'state' | 'reason'>[],
  rule: Schedule['catchUp'],
  now: number,
): DueOccurrence[] {
  const late = due.filter(({ dueAt }) => now - dueAt > lateMs)
  const madeUpFor =
    rule === 'all' ? late : rule === 'last' && late.length === due.length ? late.slice(-1) : []
  return due.map((each) =>
    !late.includes(each) || madeUpFor.includes(each)
      ? { ...each, state: 'waiting', reason: '' }
      : { ...each, state: 'missed', reason: missedReason(rule) },
  )
}

function missedReason(rule: Schedule['catchUp']): string {
  return rule === 'none'
    ? 'Nothing was there to start it, and nothing is made up for.'
    : 'Nothing was there to start it, and the last one alone is made up for.'
}

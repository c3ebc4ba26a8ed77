import type { RetrainingReason } from '../../contract/retraining-contract.ts'
import { dueTimes, nextTimes } from '../../core/schedule-times.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import type { RetrainingRecord } from '../../storage/retraining.ts'
import { aliasedVersion, championOf } from './model-alias.ts'
import { decidingMetrics, dropOf } from './quality-drop.ts'
import type { RetrainingParts } from './retraining-parts.ts'

/** A reason to retrain, and whether it is one by now. */
export interface FoundReason extends RetrainingReason {
  isDue: boolean
}

type Parts = Pick<RetrainingParts, 'workspace' | 'monitors' | 'now'>

/** How near each reason is that a policy knows, as things are now. */
export function findReasons(record: RetrainingRecord, last: JobRecord | null, parts: Parts): FoundReason[] {
  const { newLabels, driftWindows, qualityDrop, cron } = record.policy.start
  return [
    ...(newLabels === null ? [] : [labelsReason(record.newLabels, newLabels, last)]),
    ...(driftWindows === null ? [] : [driftReason(record, { needed: driftWindows, last }, parts)]),
    ...(qualityDrop === null ? [] : [qualityReason(record, { needed: qualityDrop, last }, parts)]),
    ...(cron === null ? [] : [scheduleReason(record, cron, parts)]),
  ]
}

function labelsReason(now: number, needed: number, last: JobRecord | null): FoundReason {
  const since = last ? 'the last job' : 'this was first wished for'
  const words = `${now} of ${needed} new labels have come since ${since}.`
  return { cause: 'labels', now, needed, nextAt: null, words, isDue: now >= needed }
}

function driftReason(
  { deployment, policy }: RetrainingRecord,
  { needed, last }: { needed: number; last: JobRecord | null },
  { monitors, workspace }: Parts,
): FoundReason {
  const version = championVersion(policy, workspace)
  const isThere = workspace.tracking.deployments.find(deployment) !== null && version !== null
  const { points } = isThere
    ? monitors.series(deployment, {
        metric: 'drift-share',
        segment: null,
        version,
        ...(last && { from: last.startedAt }),
        limit: needed,
      })
    : { points: [] }
  const quiet = points.findLastIndex(({ isBeyond }) => !isBeyond)
  const now = points.length - 1 - quiet
  const words = `${now} of ${needed} windows one after the other drift.`
  return { cause: 'drift', now, needed, nextAt: null, words, isDue: now >= needed }
}

function qualityReason(
  { deployment, policy }: RetrainingRecord,
  { needed, last }: { needed: number; last: JobRecord | null },
  { monitors, workspace }: Parts,
): FoundReason {
  const version = championVersion(policy, workspace)
  const isThere = workspace.tracking.deployments.find(deployment) !== null && version !== null
  for (const metric of isThere ? decidingMetrics(policy) : []) {
    const { points } = monitors.series(deployment, {
      metric,
      segment: null,
      version,
      ...(last && { from: last.startedAt }),
    })
    const newest = points.at(-1)
    if (!newest) continue
    const before = newest.reference ?? Math.max(...points.map(({ value }) => value))
    const now = dropOf(metric, before, newest.value)
    const words = `${metric} is ${newest.value.toPrecision(4)} over ${newest.rows} rows, and was ${before.toPrecision(4)}: ${(now * 100).toFixed(1)} points down, of ${(needed * 100).toFixed(1)}.`
    return { cause: 'quality', now, needed, nextAt: null, words, isDue: now >= needed }
  }
  const words = 'Nothing is known of its quality yet: no labels have come.'
  return { cause: 'quality', now: null, needed, nextAt: null, words, isDue: false }
}

function scheduleReason(
  { seenUntil }: RetrainingRecord,
  { expression, timeZone }: { expression: string; timeZone: string },
  { now: clock }: Parts,
): FoundReason {
  const trigger = { kind: 'cron', expression, timeZone } as const
  const now = clock()
  const [due] = dueTimes(trigger, { after: seenUntil, until: now, most: 1 })
  const [nextAt = null] = nextTimes(trigger, { after: now, count: 1 })
  const at = due ?? nextAt
  const words =
    at === null
      ? 'It never comes up.'
      : `It is due at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.`
  return { cause: 'schedule', now: null, needed: null, nextAt, words, isDue: due !== undefined }
}

function championVersion(
  policy: RetrainingRecord['policy'],
  { tracking }: Parts['workspace'],
): string | null {
  const found = aliasedVersion(tracking, policy)
  return found && `${championOf(policy).model}:${found.version}`
}

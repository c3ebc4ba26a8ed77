import type { JobRecord } from '../../storage/retraining-job-record.ts'
import { aliasedVersion, championOf, moveAlias } from './model-alias.ts'
import { decidingMetrics, dropOf } from './quality-drop.ts'
import type { StepParts } from './retraining-parts.ts'

/** How long an endpoint may take to go over to a version. */
const graceMs = 5 * 60_000

/**
 * For a while after the promotion the champion before comes back where the new one is refused, or is clearly worse than
 * it was. False while that time goes on.
 */
export function watchProbation(job: JobRecord, parts: StepParts): boolean {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const now = parts.now()
  const { startedAt } = jobs.begin({ job: job.number, step: 'probation', now })
  const until = startedAt + job.policy.promotion.probationMinutes * 60_000
  const current = aliasedVersion(tracking, job.policy)?.version ?? null
  if (current !== job.challengerVersion)
    return end(job, `“${job.policy.model}” was made version ${current ?? 'none'} by hand.`, parts)
  const refused = now - startedAt > graceMs || now >= until ? refusalOf(job, parts) : null
  const complaint = refused ?? complaintOf(job, startedAt, parts)
  if (complaint !== null) return rollBack(job, complaint, parts)
  if (now >= until)
    return end(
      job,
      `Version ${job.challengerVersion} has answered without a complaint since it was promoted.`,
      parts,
    )
  jobs.remember({
    job: job.number,
    reason: `Version ${job.challengerVersion} answers; version ${job.championVersion} may come back until ${new Date(until).toISOString()}.`,
  })
  return false
}

function refusalOf(job: JobRecord, parts: StepParts): string | null {
  const { model } = championOf(job.policy)
  return parts.notAnswering({ deployment: job.deployment, model, version: job.challengerVersion! })
}

function complaintOf(job: JobRecord, since: number, { monitors, workspace }: StepParts): string | null {
  const { deployment, policy, memory } = job
  const allowed = policy.start.qualityDrop
  if (allowed === null || !workspace.tracking.deployments.find(deployment)) return null
  const version = `${championOf(policy).model}:${job.challengerVersion}`
  for (const metric of decidingMetrics(policy)) {
    const before = memory.qualityBefore?.[metric]
    if (before === undefined) continue
    const { points } = monitors.series(deployment, { metric, segment: null, version, from: since, limit: 1 })
    const [newest] = points
    if (!newest) continue
    const drop = dropOf(metric, before, newest.value)
    if (drop > allowed)
      return `${metric} is ${newest.value.toPrecision(4)} over ${newest.rows} rows, and was ${before.toPrecision(4)} before the promotion`
  }
  return null
}

function end(job: JobRecord, reason: string, { workspace, now }: StepParts): boolean {
  return workspace.tracking.retraining.jobs.advance({
    job: job.number,
    from: 'probation',
    to: 'end',
    outcome: 'promoted',
    reason,
    now: now(),
  })
}

function rollBack(job: JobRecord, complaint: string, { workspace: { tracking }, now }: StepParts): boolean {
  const reason = `Version ${job.championVersion} is back: ${complaint}.`
  return tracking.retraining.jobs.advance({
    job: job.number,
    from: 'probation',
    to: 'end',
    outcome: 'rolled-back',
    state: 'failed',
    reason,
    also: () =>
      moveAlias(tracking, {
        ...championOf(job.policy),
        version: job.championVersion!,
        who: `retraining job ${job.number}`,
        note: reason,
        now: now(),
      }),
    now: now(),
  })
}

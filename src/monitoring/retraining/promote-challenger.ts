import { qualityMetrics } from '../../core/monitor-metrics.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import { aliasedVersion, championOf, moveAlias } from './model-alias.ts'
import { movedMeanwhile } from './moved-meanwhile.ts'
import { nextStep } from './next-step.ts'
import type { StepParts } from './retraining-parts.ts'

/** Moves the alias, in one transaction with the end of this step: once, whenever the host ends. */
export function promoteChallenger(job: JobRecord, parts: StepParts): boolean {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const now = parts.now()
  jobs.begin({ job: job.number, step: 'promote', now })
  const { model, alias } = championOf(job.policy)
  const version = job.challengerVersion!
  const current = aliasedVersion(tracking, job.policy)?.version ?? null
  const moved = movedMeanwhile(job, tracking)
  if (moved !== null)
    return jobs.advance({
      job: job.number,
      from: 'promote',
      to: 'end',
      outcome: 'abandoned',
      state: 'failed',
      reason: moved,
      now,
    })
  const to = nextStep(job, 'promote')
  const { decision } = job.memory
  const from = current === null || current === version ? '' : `, in place of version ${current}`
  return jobs.advance({
    job: job.number,
    from: 'promote',
    to,
    ...(to === 'end' && { outcome: 'promoted' }),
    reason: `“${job.policy.model}” is version ${version}${from}.`,
    details: { from: current, to: version },
    memory: { ...job.memory, tries: 0, qualityBefore: qualityBefore(job, parts) },
    also: () =>
      moveAlias(tracking, {
        model,
        alias,
        version,
        who: decision?.who ?? `retraining job ${job.number}`,
        note: decision?.note ?? '',
        now,
      }),
    now,
  })
}

/** The newest points of the version that answers until now, by metric. */
function qualityBefore(job: JobRecord, { monitors, workspace }: StepParts): Record<string, number> {
  const { deployment, championVersion, policy } = job
  if (!workspace.tracking.deployments.find(deployment)) return {}
  const version = `${championOf(policy).model}:${championVersion}`
  return Object.fromEntries(
    qualityMetrics.flatMap((metric) => {
      const { points } = monitors.series(deployment, { metric, segment: null, version, limit: 1 })
      return points.map(({ value }) => [metric, value] as const)
    }),
  )
}

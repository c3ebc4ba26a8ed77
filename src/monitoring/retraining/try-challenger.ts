import type { DeploymentSpec, ServedVersion } from '../../core/deployment.ts'
import type { Tracking } from '../../storage/open-tracking.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import { championOf } from './model-alias.ts'
import { nextStep } from './next-step.ts'
import type { StepParts } from './retraining-parts.ts'

/** An error more or less is chance. */
const fewestErrors = 3

/**
 * Lets the challenger answer a share of the traffic as a canary, or see a copy of it as a shadow, until it has answered
 * often enough, fails, or its time is over. False while it goes on.
 */
export function tryChallenger(job: JobRecord, parts: StepParts): boolean {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const now = parts.now()
  const trial = trialOf(job)
  const begun = tracking.transaction(() => {
    const step = jobs.begin({ job: job.number, step: 'trial', now })
    addVersion(tracking, job, now)
    return step
  })
  const deployment = tracking.deployments.find(job.deployment)
  const end = (
    outcome: 'rejected' | 'abandoned' | null,
    reason: string,
    details: Record<string, number> = {},
  ): boolean =>
    jobs.advance({
      job: job.number,
      from: 'trial',
      ...(outcome ? { to: 'end', outcome } : { to: nextStep(job, 'trial') }),
      reason,
      details,
      also: () => removeVersion(tracking, job, now),
      now,
    })
  if (!deployment) return end('abandoned', `The deployment “${job.deployment}” is gone.`)
  const { role, words } = trial
  if (deployment.rolledBack.includes(job.challengerArtifact!)) {
    const told = tracking.deployments.history(job.deployment).find(({ what }) => what === 'rolled-back')
    return end('rejected', `The ${words} was taken out of the traffic: ${told?.note ?? 'it did worse'}.`)
  }
  const { trialRequests, trialMinutes } = job.policy.promotion
  const { model } = championOf(job.policy)
  const state = parts.trial({ deployment: job.deployment, model, version: job.challengerVersion! })
  const requests = state?.requests ?? 0
  const counts = { requests, errors: state?.errors ?? 0 }
  if (state && role === 'shadow' && isFailing(state, deployment.spec.canary.errorMargin))
    return end(
      'rejected',
      `As a ${words}, ${state.errors} of ${requests + state.errors} requests failed.`,
      counts,
    )
  if (requests >= trialRequests)
    return end(null, `As a ${words} it has answered ${requests} requests without a complaint.`, counts)
  if (now - begun.startedAt >= trialMinutes * 60_000)
    return end(
      'abandoned',
      `As a ${words} it has answered only ${requests} of ${trialRequests} requests in ${trialMinutes} minutes.`,
      counts,
    )
  const waits = deployment.isOn ? '' : ' The deployment is switched off.'
  jobs.remember({
    job: job.number,
    reason: `As a ${words} it has answered ${requests} of ${trialRequests} requests.${waits}`,
    details: counts,
  })
  return false
}

function trialOf({ policy }: JobRecord): { role: 'canary' | 'shadow'; words: string } {
  const role = policy.promotion.way === 'shadow' ? 'shadow' : 'canary'
  return { role, words: role }
}

function isFailing(
  { requests, errors, live }: NonNullable<ReturnType<StepParts['trial']>>,
  margin: number,
): boolean {
  const usual = live.requests + live.errors === 0 ? 0 : live.errors / (live.requests + live.errors)
  return errors >= fewestErrors && errors / (requests + errors) > usual + margin
}

function versionOf(job: JobRecord, spec: DeploymentSpec): ServedVersion {
  const { role } = trialOf(job)
  const { share } = job.policy.promotion
  const live = spec.versions
    .filter((each) => each.role === 'live')
    .reduce((sum, { weight }) => sum + weight, 0)
  // Of all that answer, the share that is asked for.
  const weight = role === 'shadow' ? share : share >= 1 ? live : (live * share) / (1 - share)
  return { reference: `${championOf(job.policy).model}:${job.challengerVersion}`, role, weight }
}

const isOurs = (job: JobRecord, { reference, role }: ServedVersion): boolean =>
  reference === `${championOf(job.policy).model}:${job.challengerVersion}` && role === trialOf(job).role

function addVersion({ deployments }: Tracking, job: JobRecord, now: number): void {
  const spec = deployments.find(job.deployment)?.spec
  if (!spec || spec.versions.some((each) => isOurs(job, each))) return
  const versions = [...spec.versions, versionOf(job, spec)]
  deployments.apply({ spec: { ...spec, versions }, madeBy: null, now })
}

/** Leaves what somebody changed meanwhile as it is. */
export function removeVersion({ deployments }: Tracking, job: JobRecord, now: number): void {
  const spec = deployments.find(job.deployment)?.spec
  if (!spec || job.challengerVersion === null) return
  const versions = spec.versions.filter((each) => !isOurs(job, each))
  if (versions.length > 0 && versions.length < spec.versions.length)
    deployments.apply({ spec: { ...spec, versions }, madeBy: null, now })
}

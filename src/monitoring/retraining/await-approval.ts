import type { PromotionRecord } from '../../storage/promotions.ts'
import type { JobMemory, JobRecord } from '../../storage/retraining-job-record.ts'
import { championOf } from './model-alias.ts'
import { nextStep } from './next-step.ts'
import type { StepParts } from './retraining-parts.ts'

/** Waits for somebody's word. For production it is the request that is put forward; false while nobody has decided. */
export function awaitApproval(job: JobRecord, parts: StepParts): boolean {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const now = parts.now()
  tracking.transaction(() => {
    jobs.begin({ job: job.number, step: 'approve', now })
    putForward(job, parts)
  })
  const decision = jobs.get(job.number).memory.decision ?? decisionOf(requestOf(job, parts))
  if (!decision) {
    jobs.remember({ job: job.number, reason: 'It waits for somebody to approve of it.' })
    return false
  }
  return jobs.advance({
    job: job.number,
    from: 'approve',
    ...(decision.isApproved ? { to: nextStep(job, 'approve') } : { to: 'end', outcome: 'rejected' }),
    reason: decisionWords(decision),
    memory: { ...job.memory, decision },
    now,
  })
}

/** `Ada approved of it: fine.` */
export function decisionWords({ isApproved, who, note }: NonNullable<JobMemory['decision']>): string {
  const said = note === '' ? '' : `: ${note}`
  return `${who} ${isApproved ? 'approved of it' : 'rejected it'}${said}${/[.!?]$/.test(said) ? '' : '.'}`
}

function putForward(job: JobRecord, { workspace: { tracking }, now }: StepParts): void {
  const { model, alias } = championOf(job.policy)
  const { promotion: asked, decision } = job.memory
  // Somebody may have decided before a host came to ask for it.
  if (alias !== 'production' || asked !== undefined || decision !== undefined) return
  const version = job.challengerVersion!
  if (tracking.models.show(model).aliases[alias] === version) return
  const { promotion } = tracking.promotions.promote({
    model,
    version,
    environment: 'production',
    who: `retraining job ${job.number}`,
    note: job.reason,
    now: now(),
  })
  tracking.retraining.jobs.remember({
    job: job.number,
    memory: { ...job.memory, promotion: promotion.number },
  })
}

function requestOf(job: JobRecord, { workspace: { tracking } }: StepParts): PromotionRecord | null {
  const { promotion } = tracking.retraining.jobs.get(job.number).memory
  if (promotion === undefined) return null
  const { model } = championOf(job.policy)
  return tracking.promotions.list(model).find(({ number }) => number === promotion) ?? null
}

function decisionOf(request: PromotionRecord | null): JobMemory['decision'] | null {
  if (!request || request.state === 'waiting') return null
  const who = request.decidedBy ?? ''
  return request.state === 'superseded'
    ? { isApproved: false, who, note: 'another version was put forward in its place' }
    : { isApproved: request.state === 'approved', who, note: request.decisionNote ?? '' }
}

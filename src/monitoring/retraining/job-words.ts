import type { RetrainingJob } from '../../contract/retraining-contract.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import { decisionWords } from './await-approval.ts'
import { describeJob } from './describe-retraining.ts'
import { jobError } from './errors.ts'
import { aliasedVersion, championOf, moveAlias } from './model-alias.ts'
import { movedMeanwhile } from './moved-meanwhile.ts'
import type { StepParts } from './retraining-parts.ts'
import { removeVersion } from './try-challenger.ts'

interface Word {
  job: number
  who: string
  note: string
}

/** What somebody says about a job. */
export interface JobWords {
  decide(word: Word & { isApproved: boolean }): RetrainingJob
  cancel(word: Word): RetrainingJob
  rollBack(word: Word): RetrainingJob
}

export function createJobWords(parts: StepParts, goOn: (deployment: string) => void): JobWords {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const told = (number: number): RetrainingJob => {
    const job = jobs.get(number)
    parts.onJob(job)
    goOn(job.deployment)
    return describeJob(job, parts)
  }
  return {
    decide({ job: number, isApproved, who, note }) {
      const job = jobs.get(number)
      if (job.step !== 'approve') throw jobError('not-waiting', { job: number, state: stateOf(job) })
      const moved = isApproved ? movedMeanwhile(job, tracking) : null
      if (moved !== null) throw jobError('moved-meanwhile', { job: number, moved })
      const decision = { isApproved, who, note }
      tracking.transaction(() => {
        jobs.remember({ job: number, reason: decisionWords(decision), memory: { ...job.memory, decision } })
        decideRequest(job, { isApproved, who, note }, parts)
      })
      return told(number)
    },
    cancel({ job: number, who, note }) {
      const job = jobs.get(number)
      if (job.step === 'end') throw jobError('ended', { job: number, outcome: String(job.outcome) })
      if (job.step === 'probation') throw jobError('promoted-already', { job: number })
      const run = jobs.steps(number).at(-1)?.run
      jobs.begin({ job: number, step: job.step, now: parts.now() })
      jobs.advance({
        job: number,
        from: job.step,
        to: 'end',
        outcome: 'cancelled',
        state: 'failed',
        reason: `${who} cancelled it${note === '' ? '' : `: ${note}`}.`,
        also() {
          removeVersion(tracking, job, parts.now())
          decideRequest(job, { isApproved: false, who, note }, parts)
        },
        now: parts.now(),
      })
      if (run && job.step === 'train') parts.running(run)?.cancel()
      return told(number)
    },
    rollBack({ job: number, who, note }) {
      const job = jobs.get(number)
      const { policy, championVersion, challengerVersion } = job
      const isPromoted = job.step === 'probation' || job.outcome === 'promoted'
      if (!isPromoted || championVersion === null)
        throw jobError('nothing-to-take-back', { job: number, state: stateOf(job) })
      const current = aliasedVersion(tracking, policy)?.version ?? null
      if (current !== challengerVersion)
        throw jobError('another-answers', {
          job: number,
          reference: policy.model,
          now: current ?? 'none',
          version: challengerVersion!,
        })
      const now = parts.now()
      const reason = `${who} put version ${championVersion} back in place${note === '' ? '' : `: ${note}`}.`
      const also = (): void =>
        moveAlias(tracking, { ...championOf(policy), version: championVersion, who, note, now })
      if (job.step === 'probation')
        jobs.advance({
          job: number,
          from: 'probation',
          to: 'end',
          outcome: 'rolled-back',
          state: 'failed',
          reason,
          also,
          now,
        })
      else jobs.takeBack({ job: number, reason, also, now })
      return told(number)
    },
  }
}

/** The request for production that the job has put forward, unless somebody has decided about it there. */
function decideRequest(
  job: JobRecord,
  { isApproved, who, note }: { isApproved: boolean; who: string; note: string },
  { workspace: { tracking }, now }: StepParts,
): void {
  if (job.memory.promotion === undefined) return
  const { model } = championOf(job.policy)
  const request = tracking.promotions.list(model).find(({ number }) => number === job.memory.promotion)
  if (request?.state !== 'waiting') return
  tracking.promotions.decide({
    model,
    version: request.version,
    environment: 'production',
    state: isApproved ? 'approved' : 'rejected',
    who,
    note,
    now: now(),
  })
}

const stateOf = ({ step, outcome }: JobRecord): string =>
  step === 'end' ? `it has ended as ${String(outcome)}` : `it is at “${step}”`

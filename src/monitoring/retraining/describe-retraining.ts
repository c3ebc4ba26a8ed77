import type {
  JudgedCheck,
  RetrainingInfo,
  RetrainingJob,
  RetrainingStep,
} from '../../contract/retraining-contract.ts'
import type { JobRecord, JobStepRecord } from '../../storage/retraining-job-record.ts'
import type { RetrainingRecord } from '../../storage/retraining.ts'
import { findReasons } from './find-reasons.ts'
import { aliasedVersion, championOf } from './model-alias.ts'
import { movedMeanwhile } from './moved-meanwhile.ts'
import type { RetrainingParts } from './retraining-parts.ts'

type Parts = Pick<RetrainingParts, 'workspace' | 'monitors' | 'now'>

export function describeJob(job: JobRecord, { workspace }: Pick<Parts, 'workspace'>): RetrainingJob {
  const { number, deployment, cause, causeReason, askedBy, step, outcome, reason, startedAt, finishedAt } =
    job
  const moved = movedMeanwhile(job, workspace.tracking)
  return {
    number,
    deployment,
    ...championOf(job.policy),
    cause,
    causeReason,
    askedBy,
    step: step === 'end' ? null : step,
    outcome,
    reason:
      step === 'approve' && !job.memory.decision && moved !== null
        ? `${reason} It can promote nothing any more: ${moved}`
        : reason,
    champion: job.championVersion,
    challenger: job.challengerVersion,
    startedAt,
    finishedAt,
    steps: workspace.tracking.retraining.jobs.steps(number).map(describeStep),
  }
}

function describeStep({ details, ...row }: JobStepRecord): RetrainingStep {
  const { checks = [], ...others } = details
  const { step, state, reason, run, startedAt, finishedAt } = row
  return {
    step,
    state,
    reason,
    run,
    checks: checks as unknown as JudgedCheck[],
    details: others,
    startedAt,
    finishedAt,
  }
}

export function describeRetraining(
  record: RetrainingRecord,
  parts: Parts & { isWatched: boolean },
): RetrainingInfo {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const { deployment, policy, isOn, source } = record
  const [last = null] = jobs.list({ deployment, limit: 1 })
  const open = jobs.openOf(deployment)
  return {
    policy,
    isOn,
    pipelinePath: source.path,
    node: source.node,
    champion: aliasedVersion(tracking, policy)?.version ?? null,
    reasons: findReasons(record, last, parts).map(({ cause, now, needed, nextAt, words }) => ({
      cause,
      now,
      needed,
      nextAt,
      words,
    })),
    pausedUntil: pausedUntil(record, last, parts.now()),
    open: open && describeJob(open, parts),
    isWatched: parts.isWatched,
  }
}

/** Null where nothing holds the next job back. */
export function pausedUntil(
  { policy }: RetrainingRecord,
  last: JobRecord | null,
  now: number,
): number | null {
  if (!last || last.finishedAt === null) return null
  const until = last.finishedAt + policy.start.pauseMinutes * 60_000
  return until > now ? until : null
}

import { parsePipeline } from '../../core/parse-pipeline.ts'
import type { Json } from '../../core/pipeline.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import { freezeRows } from './freeze-rows.ts'
import { judgeChallenger } from './judge-challenger.ts'
import { newestLabels } from './newest-labels.ts'
import { nextStep } from './next-step.ts'
import type { StepParts } from './retraining-parts.ts'

/** Judges the challenger. What it measures has no effect of its own, so that it may be done again. */
export async function holdAgainstChampion(job: JobRecord, parts: StepParts): Promise<boolean> {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const own = { job: job.number, from: 'judge' } as const
  jobs.begin({ job: job.number, step: 'judge', now: parts.now() })
  if (job.championArtifact === null)
    return jobs.advance({
      ...own,
      to: nextStep(job, 'judge'),
      reason: `There is no “${job.policy.model}” yet to be held against.`,
      now: parts.now(),
    })
  jobs.remember({ job: job.number, reason: 'It is held against the champion.' })
  parts.onJob(jobs.get(job.number))
  const challenge = await parts.challenge(await requestOf(job, job.championArtifact, parts), parts.closing)
  const { isBetter, reason, checks } = judgeChallenger(challenge, job.policy.judgement)
  const { metric, latency, sizeBytes } = challenge
  return jobs.advance({
    ...own,
    ...(isBetter ? { to: nextStep(job, 'judge') } : { to: 'end', outcome: 'rejected' }),
    reason,
    details: { checks, metric, latency, sizeBytes } as unknown as Record<string, Json>,
    now: parts.now(),
  })
}

async function requestOf(job: JobRecord, champion: string, { workspace }: StepParts) {
  const { tracking } = workspace
  const { policy, number } = job
  const { metric, confidence, slices } = policy.judgement
  const frozen = await freezeRows({ policy, champion }, workspace)
  const pipeline = parsePipeline(job.document)
  const run = tracking.retraining.jobs.steps(number).find(({ step }) => step === 'train')?.run
  return {
    champion,
    challenger: job.challengerArtifact!,
    frozen,
    newest: run ? newestLabels(pipeline, policy, tracking.steps.ofRun(run)) : null,
    metric,
    confidence,
    slices: [...slices],
    seed: pipeline.seed,
  }
}

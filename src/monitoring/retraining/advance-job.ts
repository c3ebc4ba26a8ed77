import { reportOf } from '../../core/errors.ts'
import type { JobRecord, JobStep } from '../../storage/retraining-job-record.ts'
import { awaitApproval } from './await-approval.ts'
import { holdAgainstChampion } from './hold-against-champion.ts'
import { promoteChallenger } from './promote-challenger.ts'
import type { StepParts } from './retraining-parts.ts'
import { trainChallenger } from './train-challenger.ts'
import { removeVersion, tryChallenger } from './try-challenger.ts'
import { watchProbation } from './watch-probation.ts'

const mostTries = 3

/**
 * Does what can be done for a job now, step by step. Each step reads what is stored, and stores its end in one
 * transaction with what it has brought about: whoever takes a job up after a host that was killed goes on from there.
 */
export async function advanceJob(number: number, parts: StepParts): Promise<void> {
  const { jobs } = parts.workspace.tracking.retraining
  for (;;) {
    const job = jobs.get(number)
    if (job.step === 'end' || parts.closing.aborted) return
    const { step } = job
    const hasMoved = await Promise.resolve()
      .then(() => doStep(job, step, parts))
      .catch((error: unknown) => giveUp(number, { step, error }, parts))
    parts.onJob(jobs.get(number))
    if (!hasMoved) return
  }
}

/** What the machine is at fault for, and what is ours to mend, is tried again a few times. */
function giveUp(
  number: number,
  { step, error }: { step: JobStep; error: unknown },
  parts: StepParts,
): boolean {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  if (parts.closing.aborted) return false
  const report = reportOf(error)
  const job = jobs.get(number)
  // Somebody has cancelled it meanwhile.
  if (job.step !== step) return false
  const tries = (job.memory.tries ?? 0) + 1
  if (report.kind === 'defect') parts.onDefect(error, `the retraining of “${job.deployment}”`)
  if (report.kind !== 'user' && tries < mostTries) {
    jobs.remember({ job: number, reason: report.message, memory: { ...job.memory, tries } })
    return false
  }
  return jobs.advance({
    job: number,
    from: step,
    to: 'end',
    // Nothing is taken back of what answers already.
    outcome: step === 'probation' ? 'promoted' : 'abandoned',
    state: 'failed',
    reason: `It could not go on at “${step}”: ${report.message}`,
    also: () => removeVersion(tracking, job, parts.now()),
    now: parts.now(),
  })
}

function doStep(job: JobRecord, step: JobStep, parts: StepParts): boolean | Promise<boolean> {
  switch (step) {
    case 'train':
      return trainChallenger(job, parts)
    case 'judge':
      return holdAgainstChampion(job, parts)
    case 'trial':
      return tryChallenger(job, parts)
    case 'approve':
      return awaitApproval(job, parts)
    case 'promote':
      return promoteChallenger(job, parts)
    case 'probation':
      return watchProbation(job, parts)
  }
}

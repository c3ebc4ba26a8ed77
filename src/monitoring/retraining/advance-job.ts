import type { JobRecord } from '../../storage/retraining-job-record.ts'
import { awaitApproval } from './await-approval.ts'
import { holdAgainstChampion } from './hold-against-champion.ts'
import { promoteChallenger } from './promote-challenger.ts'
import type { StepParts } from './retraining-parts.ts'
import { trainChallenger } from './train-challenger.ts'
import { tryChallenger } from './try-challenger.ts'
import { watchProbation } from './watch-probation.ts'

/**
 * Does what can be done for a job now, step by step. Each step reads what is stored, and stores its end in one
 * transaction with what it has brought about: whoever takes a job up after a host that was killed goes on from there.
 */
export async function advanceJob(number: number, parts: StepParts): Promise<void> {
  const { jobs } = parts.workspace.tracking.retraining
  for (;;) {
    const job = jobs.get(number)
    if (job.step === 'end' || parts.closing.aborted) return
    const hasMoved = await doStep(job, job.step, parts)
    parts.onJob(jobs.get(number))
    if (!hasMoved) return
  }
}

function doStep(
  job: JobRecord,
  step: Exclude<JobRecord['step'], 'end'>,
  parts: StepParts,
): boolean | Promise<boolean> {
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

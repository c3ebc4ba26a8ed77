import type { JobRecord, JobStep } from '../../storage/retraining-job-record.ts'
import { championOf } from './model-alias.ts'

/** What a job does after a step that went well; the steps that its policy does not ask for are left out. */
export function nextStep(job: JobRecord, after: JobStep): JobStep | 'end' {
  const { way, needsApproval, probationMinutes } = job.policy.promotion
  switch (after) {
    case 'train':
      return 'judge'
    case 'judge':
      return way === 'at-once' ? nextStep(job, 'trial') : 'trial'
    case 'trial':
      return needsApproval || championOf(job.policy).alias === 'production' ? 'approve' : 'promote'
    case 'approve':
      return 'promote'
    case 'promote':
      return probationMinutes > 0 && job.championVersion !== null ? 'probation' : 'end'
    case 'probation':
      return 'end'
  }
}

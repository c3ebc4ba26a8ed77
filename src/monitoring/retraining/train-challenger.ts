import { parsePipeline } from '../../core/parse-pipeline.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import type { RunRecord } from '../../storage/runs.ts'
import { championOf } from './model-alias.ts'
import { nextStep } from './next-step.ts'
import type { StepParts } from './retraining-parts.ts'

const mostTries = 3

/**
 * Runs the pinned pipeline and finds the version that it registered. A run that a host left behind is run again, from
 * what it had finished. False while nothing more can be done now.
 */
export async function trainChallenger(job: JobRecord, parts: StepParts): Promise<boolean> {
  const { tracking } = parts.workspace
  const { jobs } = tracking.retraining
  const begun = jobs.begin({ job: job.number, step: 'train', now: parts.now() })
  const run = begun.run === null ? null : tracking.runs.get(begun.run)
  if (run?.status === 'done') return takeChallenger(job, run, parts)
  if (run?.status === 'failed') return abandon(job, `Its run ${run.id} failed: ${problemOf(run)}`, parts)
  const tries = job.memory.tries ?? 0
  /** Somebody may cancel it at any moment. */
  const isOver = (): boolean => jobs.get(job.number).step !== 'train'
  if (tries >= mostTries)
    return abandon(job, `Its run was begun ${tries} times, and ended with its host each time.`, parts)
  const request = {
    pipeline: parsePipeline(job.document),
    path: job.path,
    parameters: job.parameters,
    holdsBack: true,
    onCreated(id: string) {
      if (isOver()) return
      jobs.linkRun({ job: job.number, run: id })
      jobs.remember({
        job: job.number,
        reason: 'The pipeline runs.',
        memory: { ...job.memory, tries: tries + 1 },
      })
    },
  }
  const distrust = await parts.distrust(request)
  if (distrust !== null) return abandon(job, distrust, parts)
  const started = await parts.startRun(request)
  if ('refused' in started) {
    const first = started.refused.find(({ severity }) => severity === 'error')
    return abandon(job, `Its pipeline cannot run: ${first?.message ?? 'it has errors.'}`, parts)
  }
  if (isOver()) started.run.cancel()
  parts.onJob(jobs.get(job.number))
  const { status } = await started.run.finished
  if (parts.closing.aborted) return false
  if (status === 'cancelled')
    return jobs.advance({
      job: job.number,
      from: 'train',
      to: 'end',
      outcome: 'cancelled',
      state: 'failed',
      reason: `Its run ${started.run.id} was cancelled.`,
      now: parts.now(),
    })
  return true
}

function takeChallenger(job: JobRecord, run: RunRecord, parts: StepParts): boolean {
  const { tracking } = parts.workspace
  const { model } = championOf(job.policy)
  const made = new Set(
    tracking.steps
      .ofRun(run.id)
      .filter(({ nodeType }) => nodeType === 'serving.register')
      .map(({ outputs }) => outputs['model']?.hash),
  )
  const found = versionsOf(model, parts).find(({ artifact }) => made.has(artifact))
  if (!found)
    return abandon(
      job,
      `Its run ${run.id} registered no version of “${model}”: it takes the node “Register model”.`,
      parts,
    )
  const { version, artifact } = found
  const isSame = artifact === job.championArtifact
  return tracking.retraining.jobs.advance({
    job: job.number,
    from: 'train',
    ...(isSame
      ? {
          to: 'end',
          outcome: 'rejected',
          reason: `The run ${run.id} made the champion again: there was nothing new to learn.`,
        }
      : { to: nextStep(job, 'train'), reason: `The run ${run.id} made version ${version}.` }),
    details: { model, version, artifact },
    challenger: { version, artifact },
    now: parts.now(),
  })
}

function versionsOf(model: string, { workspace: { tracking } }: StepParts) {
  const isKnown = tracking.models.list().some(({ name }) => name === model)
  return isKnown ? tracking.models.versions(model) : []
}

function abandon(job: JobRecord, reason: string, { workspace, now }: StepParts): boolean {
  return workspace.tracking.retraining.jobs.advance({
    job: job.number,
    from: 'train',
    to: 'end',
    outcome: 'abandoned',
    state: 'failed',
    reason,
    now: now(),
  })
}

function problemOf({ summary }: RunRecord): string {
  const [error] = (summary as { errors?: { message: string }[] } | null)?.errors ?? []
  return error?.message ?? 'see its log.'
}

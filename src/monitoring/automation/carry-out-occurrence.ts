import { PipewrightError, reportOf } from '../../core/errors.ts'
import type { OccurrenceRecord } from '../../storage/schedules.ts'
import type { AutomationParts } from './automation-parts.ts'

const mostAttempts = 3

/**
 * Runs the pipeline of an occurrence. The run is recorded in one transaction with the occurrence, so that none is started
 * twice; one that ended with its host goes on from what it had finished. Undefined where the host closes meanwhile.
 */
export async function carryOutOccurrence(
  occurrence: OccurrenceRecord,
  parts: AutomationParts & { closing: AbortSignal },
): Promise<OccurrenceRecord | undefined> {
  const { tracking, now, closing } = parts
  const { number, path, parameters, attempts } = occurrence
  const end = (state: 'done' | 'failed' | 'refused', reason = ''): OccurrenceRecord =>
    tracking.schedules.end({ number, state, reason, now: now() })
  const before = occurrence.run === null ? null : tracking.runs.get(occurrence.run)
  if (before?.status === 'done') return end('done')
  if (before?.status === 'failed') return end('failed', firstError(before.summary))
  if (attempts >= mostAttempts)
    return end('failed', `It was begun ${attempts} times, and ended with its host each time.`)
  const pipeline = await parts.pipelines.read(path)
  if (!pipeline) return end('refused', `There is no pipeline at “${path}” any more, or it cannot be read.`)
  const request = {
    pipeline,
    path,
    parameters,
    onCreated: (run: string) => tracking.schedules.start({ number, run }),
  }
  try {
    const distrust = await parts.distrust(request)
    if (distrust !== null) return end('refused', distrust)
    const started = await parts.startRun(request)
    if ('refused' in started) {
      const first = started.refused.find(({ severity }) => severity === 'error')
      return end('refused', first?.message ?? 'The pipeline has errors.')
    }
    const { status, errors } = await started.run.finished
    if (closing.aborted) return undefined
    if (status === 'done') return end('done')
    return end('failed', status === 'cancelled' ? 'It was cancelled.' : firstError({ errors }))
  } catch (error) {
    if (closing.aborted) return undefined
    if (error instanceof PipewrightError) return end('refused', error.message)
    // It would be no better the next time, and keep all others of this file waiting.
    parts.onDefect(error, `the schedule “${occurrence.name}” of “${path}”`)
    return end('failed', reportOf(error).message)
  }
}

function firstError(summary: unknown): string {
  const { errors = [] } = (summary ?? {}) as { errors?: readonly { message: string }[] }
  return errors[0]?.message ?? ''
}

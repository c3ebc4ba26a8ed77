import type { ReportData } from '../../../src/core/artifacts.ts'
import type { Point } from '../../../src/learn/tuning/search-space.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeReport } from '../../write-report.ts'
import { tune, type TuneParams } from './definition.ts'
import { search } from './search.ts'
import { isMinimized, runTrial, type TrialOutcome } from './trials.ts'

export const run = defineRun(tune, async ({ table }, params, context) => {
  const outcomes = await search(params, context, {
    seed: context.seed,
    run: (trial) => runTrial(context, { table, params, trial }),
    onDone: (done, of) => context.progress({ share: done / of, note: `${done} of ${of} trials` }),
  })
  const failed = outcomes.filter(({ kind }) => kind === 'failed')
  const best = bestOf(outcomes, params)
  if (!best) {
    const [first] = failed as [Extract<TrialOutcome, { kind: 'failed' }>]
    return context.fail('all-failed', { count: failed.length, problem: first.error.message })
  }
  if (failed.length > 0)
    context.log('warning', '{count} of {total} trials failed; the report names them.', {
      count: failed.length,
      total: outcomes.length,
    })
  return { model: best.model, report: await writeReport(context, reportOf(outcomes, best, params)) }
})

type Done = Extract<TrialOutcome, { kind: 'done' }>

/** The best of those that had the most of the resource; the first of equally good ones. */
function bestOf(outcomes: readonly TrialOutcome[], params: TuneParams): Done | null {
  const done = outcomes.filter((outcome) => outcome.kind === 'done')
  const most = Math.max(...done.map(({ resource }) => resource ?? 0))
  const sign = isMinimized(params) ? 1 : -1
  return done
    .filter(({ resource }) => (resource ?? 0) === most)
    .reduce<Done | null>((best, each) => (!best || sign * each.value < sign * best.value ? each : best), null)
}

function reportOf(outcomes: readonly TrialOutcome[], best: Done, params: TuneParams): ReportData {
  const content = {
    method: params.method,
    metric: params.metric,
    direction: isMinimized(params) ? 'minimize' : 'maximize',
    best: { trial: best.name, parameters: best.point, value: best.value },
    trials: outcomes.map((outcome) => ({
      trial: outcome.name,
      parameters: outcome.point,
      ...(outcome.resource !== null && { resource: outcome.resource }),
      ...(outcome.kind === 'done' ? { value: outcome.value } : { failed: outcome.error.message }),
    })),
  }
  return {
    type: 'tuning',
    metrics: {
      [`best_${params.metric}`]: best.value,
      trials: outcomes.length,
      failed_trials: outcomes.filter(({ kind }) => kind === 'failed').length,
      ...numbersOf(best.point),
    },
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}

/** The tuned numbers are tracked with the run, beside what they led to. */
function numbersOf(point: Point): Record<string, number> {
  return Object.fromEntries(
    Object.entries(point).flatMap(([name, value]) =>
      typeof value === 'number' ? [[`best_${name}`, value]] : [],
    ),
  )
}

import type { Artifact, ReportData, TableData } from '../../../src/core/artifacts.ts'
import { percentileIntervals, resamples, type Metrics } from '../../../src/learn/metrics/bootstrap.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeReport } from '../../write-report.ts'
import { requireTarget } from '../require-target.ts'
import { readAnswers, type TrueAnswers } from '../true-answers.ts'
import { differencesOf, type Compared } from './compare-models.ts'
import { evaluate, type EvaluateParams } from './definition.ts'
import { findWorstSlices, sourceSlices, type FoundSlices } from './find-slices.ts'
import { judgeModel, type Judged } from './judge-model.ts'
import { measureModel, type Measured } from './measure-model.ts'
import { measuredSlice, slicesOf, type MeasuredSlice } from './slices.ts'
import { worstFirst } from './worst-slices.ts'

type Context = ContextOf<typeof evaluate>

export const run = defineRun(evaluate, async ({ models, table }, params, context) => {
  models.forEach(({ data }) => requireTarget(data))
  const answers = await readAnswers(context, table.data, {
    target: models[0]!.data.target.name,
    rows: params.rows,
  })
  warnOfMissing(context, answers)
  const names = models.map((_, index) => context.feeds['models']?.[index] ?? `model${index + 1}`)
  const judged: Judged[] = []
  for (const [index, model] of models.entries()) {
    context.progress({ share: (0.5 * index) / models.length, note: names[index]! })
    judged.push(await judgeModel(context, { model, table: table.data, answers, rows: params.rows }))
  }
  const resampled = resample(context, { judged, answers, params })
  const work = { table: table.data, answers, params, judged }
  const slices = await slicesByModel(context, work)
  const found = await foundByModel(context, work)
  const options = { ...optionsOf(params), places: answers.kept }
  const measured = judged.map((each, index) =>
    Object.assign(
      measureModel(each, { ...options, threshold: models[index]!.data.threshold ?? 0.5 }),
      resampled[index]!.length > 0 && { intervals: percentileIntervals(resampled[index]!, level) },
      slices && { slices: slices[index]! },
      found && { found: found[index]! },
    ),
  )
  const compared = judged.map((each, index) => ({
    name: names[index]!,
    judged: each,
    metrics: measured[index]!.metrics,
    resampled: resampled[index]!,
  }))
  return { report: await writeReport(context, reportOf({ answers, params, models, measured, compared })) }
})

/** How sure an interval is: 95 %. */
const level = 0.95

/** Slices of fewer rows say little. */
const fewestRows = 20

function optionsOf(params: EvaluateParams) {
  const { truePositiveCost, falsePositiveCost, trueNegativeCost, falseNegativeCost, curvePoints } = params
  const costs = {
    truePositives: truePositiveCost,
    falsePositives: falsePositiveCost,
    trueNegatives: trueNegativeCost,
    falseNegatives: falseNegativeCost,
  }
  return { curvePoints, costs }
}

function warnOfMissing(context: Context, { column, count, kept }: TrueAnswers): void {
  const missing = count - kept.length
  if (kept.length === 0) context.fail('no-answers', { column })
  if (missing === 0) return
  context.log('warning', '{missing} rows have no value of “{column}” and are left out.', { missing, column })
}

/** The metrics of each model over the same draws of rows. */
function resample(
  context: Context,
  { judged, answers, params }: { judged: readonly Judged[]; answers: TrueAnswers; params: EvaluateParams },
): Metrics[][] {
  const byModel = judged.map((): Metrics[] => [])
  const { weights, kept } = answers
  const draws = { rows: kept.length, count: params.resamples, seed: context.seed, weights }
  let done = 0
  for (const drawn of resamples(draws)) {
    context.signal.throwIfAborted()
    for (const [index, each] of judged.entries()) byModel[index]!.push(each.metricsOf({ weights: drawn }))
    done++
    if (done % 10 === 0)
      context.progress({
        share: 0.5 + (0.4 * done) / params.resamples,
        note: `resample ${done} of ${params.resamples}`,
      })
  }
  return byModel
}

interface Work {
  table: TableData
  answers: TrueAnswers
  params: EvaluateParams
  judged: readonly Judged[]
}

async function slicesByModel(
  context: Context,
  { table, answers, params, judged }: Work,
): Promise<MeasuredSlice[][] | null> {
  if (params.slices.length === 0) return null
  const slices = await slicesOf(context, table, {
    columns: params.slices,
    answers,
    rows: params.rows,
    fewestRows,
  })
  return judged.map((each) =>
    worstFirst(
      slices.map((slice) => measuredSlice(slice, each.metricsOf({ rows: slice.rows }))),
      each.answers.task,
    ),
  )
}

async function foundByModel(
  context: Context,
  { table, answers, params, judged }: Work,
): Promise<FoundSlices[] | null> {
  if (!params.findSlices) return null
  const slices = await sourceSlices(context, table, { answers, rows: params.rows })
  return judged.map((each) => findWorstSlices(each, slices))
}

function reportOf(parts: {
  answers: TrueAnswers
  params: EvaluateParams
  models: readonly Artifact<'model'>[]
  measured: readonly Measured[]
  compared: readonly Compared[]
}): ReportData {
  const { answers, params, models, measured, compared } = parts
  const metrics = measured.flatMap((model, index) =>
    Object.entries(model.metrics).flatMap(([metric, { value }]) =>
      value === null ? [] : [[measured.length === 1 ? metric : `${compared[index]!.name}.${metric}`, value]],
    ),
  )
  const evaluated = measured.map((model, index) => {
    const { task, target, threshold, learner } = models[index]!.data
    return Object.assign({ name: compared[index]!.name, task, target, threshold, learner }, model)
  })
  const content = {
    rows: params.rows,
    count: answers.kept.length,
    missing: answers.count - answers.kept.length,
    models: evaluated,
    ...(compared.length > 1 && {
      equivalence: params.equivalence,
      differences: differencesOf(compared, { level, equivalence: params.equivalence }),
    }),
  }
  return {
    type: 'evaluation',
    metrics: Object.fromEntries(metrics) as Record<string, number>,
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, ReportData, TableData } from '../../../src/core/artifacts.ts'
import { chooseThreshold } from '../../../src/learn/choose-threshold.ts'
import { scoresOf } from '../../../src/learn/metrics/classification-metrics.ts'
import type { ScoredRows } from '../../../src/learn/metrics/measured-rows.ts'
import { precisionRecallCurve } from '../../../src/learn/metrics/precision-recall-curve.ts'
import { thinCurve } from '../../../src/learn/metrics/thin-curve.ts'
import { rethreshold } from '../../../src/learn/rethreshold.ts'
import { outcomeAt, thresholdMetrics, type ThresholdOutcome } from '../../../src/learn/threshold-outcome.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeReport } from '../../write-report.ts'
import { readClassAnswers } from '../class-answers.ts'
import { requireTarget } from '../require-target.ts'
import { readAnswers } from '../true-answers.ts'
import { writeModel } from '../write-model.ts'
import { threshold, type ThresholdParams } from './definition.ts'

type Context = ContextOf<typeof threshold>

export const run = defineRun(threshold, async ({ model, table }, params, context) => {
  requireTarget(model.data)
  const rows = await validationRows(context, model, table.data)
  const { positive = '' } = model.data.target
  const chosen =
    params.method === 'fixed' ? params.value : chooseThreshold(rows, goalOf(params), positive).threshold
  const report = reportOf({ rows, params, before: model.data.threshold ?? 0.5, chosen })
  return {
    model: await withThreshold(context, model, chosen),
    report: await writeReport(context, report),
  }
})

/** Which validation rows are positive, and how probable the model finds it; none where the table has none. */
async function validationRows(
  context: Context,
  model: Artifact<'model'>,
  table: TableData,
): Promise<ScoredRows> {
  if (!table.split || table.split.counts.validation === 0) {
    return { positive: new Uint8Array(0), scores: new Float32Array(0) }
  }
  const answers = await readAnswers(context, table, { target: model.data.target.name, rows: 'validation' })
  const rows = await readClassAnswers(context, { model, table, answers, rows: 'validation' })
  return scoresOf(rows, rows.positive!)
}

function goalOf(params: ThresholdParams): Parameters<typeof chooseThreshold>[1] {
  const { method, metric, goal, falsePositiveCost, falseNegativeCost } = params
  if (method === 'costs') return { method, falsePositiveCost, falseNegativeCost }
  return method === 'reach' && (metric === 'precision' || metric === 'recall')
    ? { method, metric, goal }
    : { method: 'best', metric }
}

async function withThreshold(
  context: Context,
  model: Artifact<'model'>,
  chosen: number,
): Promise<Artifact<'model'>> {
  const { classes = [], positive = '' } = model.data.target
  const folder = context.artifacts.folder(model.hash)
  const bytes = rethreshold(await readFile(join(folder, 'model.onnx')), {
    classes,
    positive,
    threshold: chosen,
  })
  const sketch: unknown = JSON.parse(await readFile(join(folder, 'sketch.json'), 'utf8'))
  return writeModel(context, { data: { ...model.data, threshold: chosen }, bytes, sketch })
}

function reportOf(parts: {
  rows: ScoredRows
  params: ThresholdParams
  before: number
  chosen: number
}): ReportData {
  const { rows, params, before, chosen } = parts
  const outcome = outcomeAt(rows, chosen)
  const hasRows = rows.scores.length > 0
  const curve = precisionRecallCurve(rows)
  const content = {
    method: params.method,
    threshold: chosen,
    rows: rows.scores.length,
    ...(hasRows && { outcome, before: outcomeAt(rows, before) }),
    ...(curve && { curve: thinCurve({ ...curve }, 200) }),
  }
  return {
    type: 'threshold',
    metrics: { threshold: chosen, ...(hasRows && metricsOf(outcome)) },
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}

const metricsOf = (outcome: ThresholdOutcome): Record<string, number> =>
  Object.fromEntries(thresholdMetrics.map((metric) => [`validation_${metric}`, outcome[metric]]))

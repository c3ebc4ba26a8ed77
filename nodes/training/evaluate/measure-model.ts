import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { RowScope } from '../../../src/core/columns.ts'
import { calibrationCurve, type CalibrationCurve } from '../../../src/learn/metrics/calibration-curve.ts'
import { classificationMetrics, scoresOf } from '../../../src/learn/metrics/classification-metrics.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import { regressionMetrics } from '../../../src/learn/metrics/regression-metrics.ts'
import { thinCurve } from '../../../src/learn/metrics/thin-curve.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { readClassAnswers } from '../class-answers.ts'
import type { TrueAnswers } from '../true-answers.ts'
import type { evaluate } from './definition.ts'

type Context = ContextOf<typeof evaluate>
type Curve = Readonly<Record<string, readonly number[]>>

export interface Measured {
  metrics: Readonly<Record<string, MetricValue>>
  /** Classes: weight of the rows by true class (first index) and answered class. */
  confusion?: readonly (readonly number[])[]
  roc?: Curve
  precisionRecall?: Curve
  calibration?: CalibrationCurve
}

interface Measuring {
  model: Artifact<'model'>
  table: TableData
  answers: TrueAnswers
  params: { rows: RowScope; curvePoints: number }
}

/** Lets a model answer for the rows and compares with the true answers. */
export async function measureModel(context: Context, measuring: Measuring): Promise<Measured> {
  return measuring.model.data.task === 'regression'
    ? measureNumbers(context, measuring)
    : measureClasses(context, measuring)
}

async function measureNumbers(
  context: Context,
  { model, table, answers, params }: Measuring,
): Promise<Measured> {
  const predicted = new Float64Array(answers.count)
  for await (const { firstRow, outputs } of scoreModel(context, model, table, { rows: params.rows })) {
    predicted.set(outputs['value'] as Float64Array, firstRow)
  }
  const { numbers: actual, kept, weights } = answers
  return {
    metrics: regressionMetrics({
      actual,
      predicted: Float64Array.from(kept, (row) => predicted[row]!),
      weights,
    }),
  }
}

async function measureClasses(
  context: Context,
  { model, table, answers, params }: Measuring,
): Promise<Measured> {
  const rows = await readClassAnswers(context, { model, table, answers, rows: params.rows })
  const { metrics, confusion, roc, precisionRecall } = classificationMetrics(rows)
  const thin = (curve: object): Curve => thinCurve({ ...(curve as Curve) }, params.curvePoints)
  return {
    metrics,
    confusion,
    ...(roc && { roc: thin(roc) }),
    ...(precisionRecall && { precisionRecall: thin(precisionRecall) }),
    ...(rows.positive !== undefined && {
      calibration: calibrationCurve(scoresOf(rows, rows.positive), { bins: 10, strategy: 'uniform' }),
    }),
  }
}

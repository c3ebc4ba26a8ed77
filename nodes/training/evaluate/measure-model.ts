import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { RowScope } from '../../../src/core/columns.ts'
import { calibrationCurve, type CalibrationCurve } from '../../../src/learn/metrics/calibration-curve.ts'
import { classificationMetrics, scoresOf } from '../../../src/learn/metrics/classification-metrics.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import { regressionMetrics } from '../../../src/learn/metrics/regression-metrics.ts'
import { thinCurve } from '../../../src/learn/metrics/thin-curve.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import type { TrueAnswers } from './answers.ts'
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

async function measureClasses(context: Context, measuring: Measuring): Promise<Measured> {
  const { answers, params } = measuring
  const { classes = [], positive } = measuring.model.data.target
  const codeOf = new Map(classes.map((name, code) => [name, code]))
  const actual = codesOf(context, answers, codeOf)
  const { labels, probabilities } = await readClassAnswers(context, measuring, classes.length)
  const rows = {
    classes: classes.length,
    positive: positive === undefined ? undefined : codeOf.get(positive)!,
    actual,
    predicted: Uint16Array.from(answers.kept, (row) => codeOf.get(labels[row]!)!),
    probabilities,
    weights: answers.weights,
  }
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

function codesOf(context: Context, answers: TrueAnswers, codeOf: ReadonlyMap<string, number>): Uint16Array {
  const unknown = answers.labels.filter((label) => !codeOf.has(label))
  if (unknown.length > 0) {
    const { column } = answers
    context.fail('unknown-class', {
      column,
      value: unknown[0]!,
      count: unknown.length,
      classes: [...codeOf.keys()],
    })
  }
  return Uint16Array.from(answers.labels, (label) => codeOf.get(label)!)
}

/** The label of every row that was asked for, and the probabilities of those that have a true answer. */
async function readClassAnswers(
  context: Context,
  { model, table, answers, params }: Measuring,
  classes: number,
): Promise<{ labels: string[]; probabilities: Float32Array }> {
  const labels: string[] = []
  const all = new Float32Array(answers.count * classes)
  for await (const { firstRow, outputs } of scoreModel(context, model, table, { rows: params.rows })) {
    for (const label of outputs['label'] as string[]) labels.push(label)
    all.set(outputs['probabilities'] as Float32Array, firstRow * classes)
  }
  const probabilities = new Float32Array(answers.kept.length * classes)
  for (const [index, row] of answers.kept.entries()) {
    probabilities.set(all.subarray(row * classes, (row + 1) * classes), index * classes)
  }
  return { labels, probabilities }
}

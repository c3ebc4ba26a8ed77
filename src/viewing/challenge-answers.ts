import type { Artifact } from '../core/artifacts.ts'
import { metricDirection } from '../core/metric-direction.ts'
import type { MeasuredRows } from '../contract/challenge.ts'
import { percentileIntervals, resamples, type Metrics } from '../learn/metrics/bootstrap.ts'
import { metricsWith, prepareRows, type AnsweredRows } from '../learn/metrics/classification-metrics.ts'
import { regressionMetrics } from '../learn/metrics/regression-metrics.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { scoreModel } from '../recipe/score-model.ts'
import type { ChallengeRows } from './challenge-rows.ts'

/** Draws for an interval. */
const draws = 500
/** Fewer rows give no interval. */
const fewestRows = 10

/** A model's answers for some rows, to be measured in whole or in part. */
export interface ModelAnswers {
  rows: number
  metrics(weights?: Float64Array): Metrics
  pick(rows: readonly number[]): ModelAnswers
}

/** `classes`: of both models and of the rows, in one order; null for numbers. */
export async function modelAnswers(
  context: RunContext,
  model: Artifact<'model'>,
  { rows, classes }: { rows: ChallengeRows; classes: readonly string[] | null },
): Promise<ModelAnswers> {
  const chosen = new Set(rows.places)
  const scored = scoreModel(context, model, rows.table, { rows: (place) => chosen.has(place) })
  if (!classes) {
    const predicted = new Float64Array(rows.places.length)
    for await (const { firstRow, outputs } of scored)
      predicted.set(outputs['value'] as Float64Array, firstRow)
    return numberAnswers(rows.numbers, predicted)
  }
  const codes = new Map(classes.map((name, code) => [name, code]))
  const own = model.data.target.classes ?? []
  const predicted = new Uint16Array(rows.places.length)
  const probabilities = new Float32Array(rows.places.length * classes.length)
  for await (const { firstRow, rows: count, outputs } of scored) {
    const given = outputs['probabilities'] as Float32Array
    for (let row = 0; row < count; row++) {
      predicted[firstRow + row] = codes.get(String(outputs['label']![row]))!
      for (const [index, name] of own.entries())
        probabilities[(firstRow + row) * classes.length + codes.get(name)!] = given[row * own.length + index]!
    }
  }
  const { positive } = model.data.target
  return classAnswers({
    classes: classes.length,
    positive: classes.length === 2 && positive !== undefined ? codes.get(positive) : undefined,
    actual: Uint16Array.from(rows.labels, (label) => codes.get(label)!),
    predicted,
    probabilities,
  })
}

function numberAnswers(actual: Float64Array, predicted: Float64Array): ModelAnswers {
  return {
    rows: actual.length,
    metrics: (weights) => regressionMetrics({ actual, predicted, weights }),
    pick: (rows) =>
      numberAnswers(
        Float64Array.from(rows, (row) => actual[row]!),
        Float64Array.from(rows, (row) => predicted[row]!),
      ),
  }
}

function classAnswers(answers: AnsweredRows): ModelAnswers {
  const prepared = prepareRows(answers)
  const { classes, actual, predicted, probabilities } = answers
  return {
    rows: actual.length,
    metrics: (weights) => metricsWith(prepared, weights),
    pick(rows) {
      const picked = new Float32Array(rows.length * classes)
      for (const [index, row] of rows.entries())
        picked.set(probabilities.subarray(row * classes, (row + 1) * classes), index * classes)
      return classAnswers({
        ...answers,
        actual: Uint16Array.from(rows, (row) => actual[row]!),
        predicted: Uint16Array.from(rows, (row) => predicted[row]!),
        probabilities: picked,
      })
    },
  }
}

/**
 * Both models by a metric, and by how much the challenger is better: in points for shares and the like, as a share of the
 * champion's for losses and errors. The interval is that of paired resamples (percentiles of 500 draws). Null where the
 * metric is not defined for these rows.
 */
export function compareAnswers(
  champion: ModelAnswers,
  challenger: ModelAnswers,
  { metric, confidence, seed }: { metric: string; confidence: number; seed: number },
): Omit<MeasuredRows, 'excluded'> | null {
  const before = champion.metrics()[metric]?.value ?? null
  const after = challenger.metrics()[metric]?.value ?? null
  if (before === null || after === null) return null
  const isLoss = metricDirection(metric) === 'lower'
  const gainOf = (old: number, now: number): number =>
    isLoss ? (old - now) / Math.max(Math.abs(before), Number.MIN_VALUE) : now - old
  const { rows } = champion
  const measured = { rows, champion: before, challenger: after, gain: gainOf(before, after) }
  if (rows < fewestRows) return { ...measured, low: null, high: null }
  const gains: Metrics[] = []
  for (const weights of resamples({ rows, count: draws, seed, weights: undefined })) {
    const old = champion.metrics(weights)[metric]?.value ?? null
    const now = challenger.metrics(weights)[metric]?.value ?? null
    gains.push({ gain: { value: old === null || now === null ? null : gainOf(old, now) } })
  }
  const interval = percentileIntervals(gains, confidence)['gain']
  return { ...measured, low: interval?.low ?? null, high: interval?.high ?? null }
}

import { classificationMetrics } from '../../../src/learn/metrics/classification-metrics.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import { regressionMetrics } from '../../../src/learn/metrics/regression-metrics.ts'
import type { AmountAnswers, ClassAnswers, Predictions } from './read-predictions.ts'

/** What some rows come to. */
export interface MeasuredRows {
  rows: number
  /** Rows whose truth is known. */
  labelled: number
  /** Those that are defined; none without truths. */
  metrics: Readonly<Record<string, number>>
  /** Of the rows, labelled or not: the accuracy that calibrated probabilities promise, with its 95 % band. */
  expected: { accuracy: number; low: number; high: number } | null
}

export interface Measurement {
  measured: MeasuredRows
  /** What is compared, a number a labelled row: 1 for a right answer and 0 for a wrong one, or the absolute error. */
  losses: readonly number[]
}

export interface ClassNames {
  classes: readonly string[]
  /** Of two classes: whose probability stands in the table. */
  positive: string | null
}

export function measureRows(
  { answers }: Predictions,
  places: readonly number[],
  names: ClassNames,
): Measurement {
  return answers.kind === 'classes' ? measureClasses(answers, places, names) : measureAmounts(answers, places)
}

function measureClasses(answers: ClassAnswers, places: readonly number[], names: ClassNames): Measurement {
  const { actual, predicted, probability } = answers
  const labelled = places.filter((place) => actual[place] !== '' && predicted[place] !== '')
  const codes = new Map(names.classes.map((name, code) => [name, code]))
  const codesOf = (values: readonly string[]): Uint16Array =>
    Uint16Array.from(labelled, (place) => codes.get(values[place]!)!)
  const probabilities = probability && binaryProbabilities(probability, labelled, names)
  const { metrics } = classificationMetrics({
    classes: names.classes.length,
    actual: codesOf(actual),
    predicted: codesOf(predicted),
    probabilities: probabilities ?? new Float32Array(labelled.length * names.classes.length).fill(Number.NaN),
    positive: names.positive === null ? undefined : codes.get(names.positive),
  })
  return {
    measured: {
      rows: places.length,
      labelled: labelled.length,
      metrics: labelled.length === 0 ? {} : definedOf(metrics),
      expected: probability && expectedAccuracy(answers, places, names),
    },
    losses: labelled.map((place) => Number(actual[place] === predicted[place])),
  }
}

/** Of more than two classes only the predicted one has its probability in the table. */
function binaryProbabilities(
  probability: Float64Array,
  places: readonly number[],
  { classes, positive }: ClassNames,
): Float32Array | null {
  if (positive === null || classes.length !== 2) return null
  const isSecond = classes[1] === positive
  return Float32Array.from(
    places.flatMap((place) => {
      const own = probability[place]!
      return isSecond ? [1 - own, own] : [own, 1 - own]
    }),
  )
}

/**
 * The mean confidence of the answers; right answers are independent draws, so the variance of their number is
 * Σ p (1 − p). Null where no row has a probability.
 */
function expectedAccuracy(
  { predicted, probability }: ClassAnswers,
  places: readonly number[],
  { positive }: ClassNames,
): MeasuredRows['expected'] {
  let [count, sum, variance] = [0, 0, 0]
  for (const place of places) {
    const given = probability![place]!
    if (Number.isNaN(given) || predicted[place] === '') continue
    const confidence = positive === null || predicted[place] === positive ? given : 1 - given
    count += 1
    sum += confidence
    variance += confidence * (1 - confidence)
  }
  if (count === 0) return null
  const accuracy = sum / count
  const half = (normal975 * Math.sqrt(variance)) / count
  return { accuracy, low: Math.max(0, accuracy - half), high: Math.min(1, accuracy + half) }
}

/** The 97.5 % quantile of the standard normal distribution. */
const normal975 = 1.959963984540054

function measureAmounts({ actual, predicted }: AmountAnswers, places: readonly number[]): Measurement {
  const labelled = places.filter(
    (place) => Number.isFinite(actual[place]) && Number.isFinite(predicted[place]),
  )
  const rows = {
    actual: Float64Array.from(labelled, (place) => actual[place]!),
    predicted: Float64Array.from(labelled, (place) => predicted[place]!),
  }
  return {
    measured: {
      rows: places.length,
      labelled: labelled.length,
      metrics: labelled.length === 0 ? {} : definedOf(regressionMetrics(rows)),
      expected: null,
    },
    losses: labelled.map((place) => Math.abs(predicted[place]! - actual[place]!)),
  }
}

function definedOf(metrics: Readonly<Partial<Record<string, MetricValue>>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([name, metric]) => {
      const value = metric?.value ?? null
      return value === null ? [] : [[name, value]]
    }),
  )
}

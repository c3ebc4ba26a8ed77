import type { QualityMetric } from '../../core/monitor-metrics.ts'
import { metricsWith, prepareRows, type AnsweredRows } from '../../learn/metrics/classification-metrics.ts'
import { regressionMetrics } from '../../learn/metrics/regression-metrics.ts'
import { createRandom } from '../../tables/random.ts'
import type { RowView } from './row-view.ts'
import type { Truths } from './truths.ts'

/** What the answers of a model are: of classes their names in the order of the probabilities. */
export interface AnswerKind {
  classes: readonly string[] | null
  /** Of two classes the place of the positive one; null for others. */
  positive: number | null
}

/** A metric of rows with a truth. */
export interface MeasuredQuality {
  metric: QualityMetric
  rows: number
  value: number
  /** Standard error of the value. */
  error: number
}

/** With fewer rows a number says nothing. */
const fewestRows = 10
/** Of the bootstrap; the errors of many rows are small, and need not be known as well. */
const resamplesOf = (rows: number): number => Math.min(100, Math.max(20, Math.round(200_000 / rows)))
const calibrationBins = 10

/** What can be said about the answers of rows by what was said about them. */
export function measureQuality(view: RowView, truths: Truths, kind: AnswerKind): MeasuredQuality[] {
  if (!view.answers || truths.count === 0) return []
  const scores = scoresIn(view, truths)
  return [
    ...(kind.classes ? ofClasses(view, truths, { ...kind, classes: kind.classes }) : ofNumbers(view, truths)),
    ...(scores.length < fewestRows ? [] : [meanOf('quality-score', scores)]),
  ]
}

function ofClasses(
  view: RowView,
  truths: Truths,
  { classes, positive }: AnswerKind & { classes: readonly string[] },
): MeasuredQuality[] {
  const answers = view.answers as readonly string[]
  const right: number[] = []
  const places: number[] = []
  const actual: number[] = []
  const codes = new Map(classes.map((name, code) => [name, code]))
  for (let place = 0; place < view.rows; place++) {
    const truth = truths.of(place)
    const answer = answers[place]!
    if (!truth || answer === '') continue
    const label = trueClass(truth, { answer, classes })
    if (label === null && truth.isRight === null) continue
    right.push(Number(label === null ? truth.isRight : label === answer))
    const code = label === null ? undefined : codes.get(label)
    if (code === undefined || !codes.has(answer)) continue
    places.push(place)
    actual.push(code)
  }
  if (right.length < fewestRows) return []
  const accuracy = meanOf('quality-accuracy', right)
  if (places.length < fewestRows) return [accuracy]
  const labelled = {
    classes: classes.length,
    actual: Uint16Array.from(actual),
    predicted: Uint16Array.from(places, (place) => codes.get(answers[place]!)!),
    probabilities: probabilitiesAt(view, places, classes.length),
    positive: positive ?? undefined,
  }
  return [accuracy, ...classMetrics(labelled)]
}

/** Of two classes what is not the one is the other. */
function trueClass(
  { label, isRight }: { label: string | number | boolean | null; isRight: boolean | null },
  { answer, classes }: { answer: string; classes: readonly string[] },
): string | null {
  if (label !== null) return String(label)
  if (isRight === true) return answer
  return isRight === false && classes.length === 2 ? classes.find((name) => name !== answer)! : null
}

function probabilitiesAt(view: RowView, places: readonly number[], width: number): Float32Array {
  const all = view.probabilities
  return all
    ? Float32Array.from({ length: places.length * width }, (_, at) =>
        Number(all[places[Math.floor(at / width)]! * width + (at % width)]),
      )
    : new Float32Array(places.length * width).fill(Number.NaN)
}

function classMetrics(labelled: AnsweredRows): MeasuredQuality[] {
  const prepared = prepareRows(labelled)
  const measure = (weights?: Float64Array): Partial<Record<QualityMetric, number>> => {
    const metrics = metricsWith(prepared, weights)
    return definedOf({
      'quality-f1': metrics.f1?.value,
      'quality-auc': metrics.roc_auc?.value,
      'quality-log-loss': metrics.log_loss?.value,
      'quality-calibration-error': calibrationError(labelled, weights),
    })
  }
  return withErrors(measure, labelled.actual.length)
}

/** The mean distance of confidence and share of right answers over equally wide bins (Guo et al. 2017). */
function calibrationError(
  { classes, actual, predicted, probabilities }: AnsweredRows,
  weights: Float64Array | undefined,
): number | null {
  const bins = Array.from({ length: calibrationBins }, () => ({ weight: 0, confidence: 0, right: 0 }))
  let total = 0
  for (let row = 0; row < actual.length; row++) {
    const confidence = probabilities[row * classes + predicted[row]!]!
    if (Number.isNaN(confidence)) return null
    const bin = bins[Math.min(calibrationBins - 1, Math.floor(confidence * calibrationBins))]!
    const weight = weights ? weights[row]! : 1
    total += weight
    bin.weight += weight
    bin.confidence += weight * confidence
    if (actual[row] === predicted[row]) bin.right += weight
  }
  return bins.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / total
}

function ofNumbers(view: RowView, truths: Truths): MeasuredQuality[] {
  const answers = view.answers as Float64Array
  const actual: number[] = []
  const predicted: number[] = []
  for (let place = 0; place < view.rows; place++) {
    const label = truths.of(place)?.label ?? null
    const truth = label === null || label === '' ? Number.NaN : Number(label)
    if (!Number.isFinite(truth) || !Number.isFinite(answers[place])) continue
    actual.push(truth)
    predicted.push(answers[place]!)
  }
  if (actual.length < fewestRows) return []
  const rows = { actual: Float64Array.from(actual), predicted: Float64Array.from(predicted) }
  return withErrors((weights) => {
    const { mae, rmse, r2 } = regressionMetrics({ ...rows, weights })
    return definedOf({ 'quality-mae': mae.value, 'quality-rmse': rmse.value, 'quality-r2': r2.value })
  }, actual.length)
}

/** Standard errors by the bootstrap (Efron 1979), with the same draws each time. */
function withErrors(
  measure: (weights?: Float64Array) => Partial<Record<QualityMetric, number>>,
  rows: number,
): MeasuredQuality[] {
  const random = createRandom(rows, 'quality')
  const drawn = Array.from({ length: resamplesOf(rows) }, () => {
    const weights = new Float64Array(rows)
    for (let draw = 0; draw < rows; draw++) {
      const row = random.below(rows)
      weights[row] = weights[row]! + 1
    }
    return measure(weights)
  })
  return Object.entries(measure()).map(([name, value]) => {
    const metric = name as QualityMetric
    return { metric, rows, value, error: deviationOf(drawn.flatMap((one) => one[metric] ?? [])) }
  })
}

function definedOf(
  values: Partial<Record<QualityMetric, number | null | undefined>>,
): Partial<Record<QualityMetric, number>> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  )
}

const scoresIn = ({ rows }: RowView, truths: Truths): number[] =>
  Array.from({ length: rows }, (_, place) => truths.of(place)?.score ?? null).filter(
    (score) => score !== null,
  )

function meanOf(metric: QualityMetric, values: readonly number[]): MeasuredQuality {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length
  return { metric, rows: values.length, value, error: deviationOf(values) / Math.sqrt(values.length) }
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

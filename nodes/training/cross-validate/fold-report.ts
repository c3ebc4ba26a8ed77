import type { ReportData } from '../../../src/core/artifacts.ts'
import type { EstimatedRows } from '../../../src/learn/metrics/measured-rows.ts'
import type { Metrics, HeldOutAnswers } from './held-out-answers.ts'
import { measureAnswers } from './held-out-answers.ts'

type Json = ReportData['content']

export interface FoldOutcome {
  rows: { train: number; validation: number; heldOut: number }
  answers: HeldOutAnswers
}

/** The report of all folds; `joined` are their answers taken together. */
export function foldReport(options: {
  learner: Json
  method: string
  target: string
  folds: readonly FoldOutcome[]
  joined: HeldOutAnswers
}): ReportData {
  const { learner, method, target, folds, joined } = options
  const measured = folds.map(({ rows, answers }, index) => ({
    fold: index + 1,
    rows,
    metrics: measureAnswers(answers).metrics,
  }))
  const summary = summarize(measured.map(({ metrics }) => metrics))
  const content = {
    learner,
    method,
    target,
    folds: measured,
    summary,
    outOfFold: {
      ...measureAnswers(joined),
      ...(joined.kind === 'classes'
        ? { rows: joined.rows.actual.length, classes: joined.classes }
        : { rows: joined.rows.actual.length, errors: quantilesOfErrors(joined.rows) }),
    },
  }
  return {
    type: 'cross-validation',
    metrics: metricsOf(summary),
    content: JSON.parse(JSON.stringify(content)) as Json,
  }
}

interface Summary {
  mean: number
  /** Sample standard deviation over the folds; null where only one has the metric. */
  sd: number | null
  lowest: number
  highest: number
  /** Folds in which the metric is defined. */
  folds: number
}

function summarize(folds: readonly Metrics[]): Record<string, Summary> {
  const names = [...new Set(folds.flatMap((metrics) => Object.keys(metrics)))]
  const summaries = names.flatMap((name) => {
    const values = folds.flatMap((metrics) => metrics[name]?.value ?? [])
    return values.length === 0 ? [] : [[name, summaryOf(values)] as const]
  })
  return Object.fromEntries(summaries)
}

/** The mean of each metric, and behind it its deviation. */
function metricsOf(summary: Readonly<Record<string, Summary>>): Record<string, number> {
  const metrics: Record<string, number> = {}
  for (const [name, { mean, sd }] of Object.entries(summary)) {
    metrics[name] = mean
    if (sd !== null) metrics[`${name}_sd`] = sd
  }
  return metrics
}

function summaryOf(values: readonly number[]): Summary {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : null
  return { mean, sd, lowest: Math.min(...values), highest: Math.max(...values), folds: count }
}

/** Of predicted minus true amounts, between order statistics as `numpy.quantile` does it. */
function quantilesOfErrors({ actual, predicted }: EstimatedRows): Record<string, number> {
  const errors = predicted.map((value, row) => value - actual[row]!).sort()
  const at = (share: number): number => {
    const place = share * (errors.length - 1)
    const low = errors[Math.floor(place)]!
    return low + (place % 1) * (errors[Math.ceil(place)]! - low)
  }
  return {
    lowest: at(0),
    q05: at(0.05),
    q25: at(0.25),
    median: at(0.5),
    q75: at(0.75),
    q95: at(0.95),
    highest: at(1),
  }
}

import { accuracy, balancedAccuracy } from './accuracy.ts'
import { brierScore } from './brier-score.ts'
import { confusionMatrix, type ConfusionMatrix } from './confusion-matrix.ts'
import { logLoss } from './log-loss.ts'
import type { ProbableRows, ScoredRows } from './measured-rows.ts'
import { defined, undefinedBecause, type MetricValue } from './metric-value.ts'
import {
  averagePrecisionOf,
  precisionRecallCurveOf,
  type PrecisionRecallCurve,
} from './precision-recall-curve.ts'
import { macroPrecisionRecallF1, precisionRecallF1 } from './precision-recall-f1.ts'
import { orderByScore } from './order-by-score.ts'
import { rocAucOf, rocCurveOf, type RocCurve } from './roc-curve.ts'
import { scoreSteps, type ScoreSteps } from './score-steps.ts'

/** Answered rows of a classifier; codes are in the order of the probabilities. */
export interface AnsweredRows extends ProbableRows {
  predicted: Uint16Array
  /** Two classes: the code of the positive one. */
  positive?: number | undefined
}

type LabelMetricName = 'accuracy' | 'balanced_accuracy' | 'precision' | 'recall' | 'f1'
type ProbabilityMetricName = 'log_loss' | 'roc_auc' | 'brier_score' | 'average_precision'
/** The last two exist for two classes. */
export type ClassificationMetricName = LabelMetricName | ProbabilityMetricName

export interface ClassificationReport {
  metrics: Partial<Record<ClassificationMetricName, MetricValue>>
  confusion: ConfusionMatrix
  /** Two classes, both with rows. */
  roc: RocCurve | null
  precisionRecall: PrecisionRecallCurve | null
}

/**
 * All metrics of a classifier. Precision, recall and F1 are about the positive class of two, else the mean over classes;
 * ROC AUC of several classes is the mean of each against the rest.
 */
export function classificationMetrics(rows: AnsweredRows): ClassificationReport {
  const prepared = prepareRows(rows)
  const steps = stepsOf(prepared, rows.weights)
  return {
    metrics: metricsWith(prepared, rows.weights),
    confusion: confusionMatrix(rows),
    roc: steps && rocCurveOf(steps),
    precisionRecall: steps && precisionRecallCurveOf(steps),
  }
}

/** Answered rows with all that does not change with their weights. */
export interface PreparedRows {
  rows: AnsweredRows
  /** Each class against the rest, of two the positive one alone; none where a row has no probabilities. */
  byClass: readonly { scored: ScoredRows; order: Uint32Array }[]
  withoutProbabilities: number
}

export function prepareRows(rows: AnsweredRows): PreparedRows {
  const withoutProbabilities = rowsWithoutProbabilities(rows)
  const codes =
    rows.positive === undefined ? Array.from({ length: rows.classes }, (_, code) => code) : [rows.positive]
  return {
    rows,
    withoutProbabilities,
    byClass:
      withoutProbabilities > 0
        ? []
        : codes.map((code) => {
            const scored = scoresOf(rows, code)
            return { scored, order: orderByScore(scored.scores) }
          }),
  }
}

/** The metrics of `classificationMetrics`, the rows weighing as given. */
export function metricsWith(
  prepared: PreparedRows,
  weights: Float64Array | undefined,
): ClassificationReport['metrics'] {
  const rows = { ...prepared.rows, weights }
  const confusion = confusionMatrix(rows)
  const byLabel = {
    accuracy: accuracy(confusion),
    balanced_accuracy: balancedAccuracy(confusion),
    ...(rows.positive === undefined
      ? macroPrecisionRecallF1(confusion)
      : precisionRecallF1(confusion, rows.positive)),
  }
  if (prepared.withoutProbabilities > 0) {
    const none = undefinedBecause(
      `For ${prepared.withoutProbabilities} rows the model answers with no probabilities.`,
    )
    return { ...byLabel, log_loss: none, roc_auc: none }
  }
  const loss = logLoss(rows)
  const steps = stepsOf(prepared, weights)
  if (!steps) return { ...byLabel, log_loss: loss, roc_auc: meanAuc(prepared, weights) }
  return {
    ...byLabel,
    log_loss: loss,
    brier_score: brierScore({ ...prepared.byClass[0]!.scored, weights }),
    roc_auc: rocAucOf(steps),
    average_precision: averagePrecisionOf(steps),
  }
}

/** Of the positive class; null where there are several classes or no probabilities. */
function stepsOf({ rows, byClass }: PreparedRows, weights: Float64Array | undefined): ScoreSteps | null {
  const [only] = byClass
  return rows.positive === undefined || !only ? null : scoreSteps({ ...only.scored, weights }, only.order)
}

/** One class against all others. */
export function scoresOf(rows: ProbableRows, code: number): ScoredRows {
  const { classes, actual, probabilities, weights } = rows
  const positive = new Uint8Array(actual.length)
  const scores = new Float32Array(actual.length)
  for (let row = 0; row < actual.length; row++) {
    positive[row] = Number(actual[row] === code)
    scores[row] = probabilities[row * classes + code]!
  }
  return { positive, scores, weights }
}

/** The mean over classes of the ROC AUC of each against all others. */
function meanAuc({ byClass }: PreparedRows, weights: Float64Array | undefined): MetricValue {
  let sum = 0
  for (const { scored, order } of byClass) {
    const { value } = rocAucOf(scoreSteps({ ...scored, weights }, order))
    if (value === null) return undefinedBecause('Not every class has rows.')
    sum += value
  }
  return defined(sum / byClass.length)
}

function rowsWithoutProbabilities({ classes, actual, probabilities }: AnsweredRows): number {
  let count = 0
  for (let row = 0; row < actual.length; row++) if (Number.isNaN(probabilities[row * classes]!)) count++
  return count
}

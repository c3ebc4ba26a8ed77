import { accuracy, balancedAccuracy } from './accuracy.ts'
import { brierScore } from './brier-score.ts'
import { confusionMatrix, type ConfusionMatrix } from './confusion-matrix.ts'
import { logLoss } from './log-loss.ts'
import type { ProbableRows, ScoredRows } from './measured-rows.ts'
import { defined, undefinedBecause, type MetricValue } from './metric-value.ts'
import {
  averagePrecision,
  precisionRecallCurve,
  type PrecisionRecallCurve,
} from './precision-recall-curve.ts'
import { macroPrecisionRecallF1, precisionRecallF1 } from './precision-recall-f1.ts'
import { rocAuc, rocCurve, type RocCurve } from './roc-curve.ts'

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
  const confusion = confusionMatrix(rows)
  const byLabel = {
    accuracy: accuracy(confusion),
    balanced_accuracy: balancedAccuracy(confusion),
    ...(rows.positive === undefined
      ? macroPrecisionRecallF1(confusion)
      : precisionRecallF1(confusion, rows.positive)),
  }
  const unusable = rowsWithoutProbabilities(rows)
  if (unusable > 0) {
    const none = undefinedBecause(`For ${unusable} rows the model answers with no probabilities.`)
    return {
      metrics: { ...byLabel, log_loss: none, roc_auc: none },
      confusion,
      roc: null,
      precisionRecall: null,
    }
  }
  const loss = logLoss(rows)
  if (rows.positive === undefined) {
    const metrics = { ...byLabel, log_loss: loss, roc_auc: multiclassRocAuc(rows) }
    return { metrics, confusion, roc: null, precisionRecall: null }
  }
  const scored = scoresOf(rows, rows.positive)
  return {
    metrics: {
      ...byLabel,
      log_loss: loss,
      brier_score: brierScore(scored),
      roc_auc: rocAuc(scored),
      average_precision: averagePrecision(scored),
    },
    confusion,
    roc: rocCurve(scored),
    precisionRecall: precisionRecallCurve(scored),
  }
}

/** One class against all others. */
export function scoresOf(rows: ProbableRows, code: number): ScoredRows {
  const { classes, actual, probabilities, weights } = rows
  return {
    positive: Uint8Array.from(actual, (own) => Number(own === code)),
    scores: Float32Array.from(actual, (_, row) => probabilities[row * classes + code]!),
    weights,
  }
}

/** The mean over classes of the ROC AUC of each against all others. */
export function multiclassRocAuc(rows: ProbableRows): MetricValue {
  let sum = 0
  for (let code = 0; code < rows.classes; code++) {
    const { value } = rocAuc(scoresOf(rows, code))
    if (value === null) return undefinedBecause('Not every class has rows.')
    sum += value
  }
  return defined(sum / rows.classes)
}

function rowsWithoutProbabilities({ classes, actual, probabilities }: AnsweredRows): number {
  let count = 0
  for (let row = 0; row < actual.length; row++) if (Number.isNaN(probabilities[row * classes]!)) count++
  return count
}

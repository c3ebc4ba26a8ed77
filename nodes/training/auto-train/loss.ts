import type { LearningTable } from '../../../src/learn/learner.ts'
import { metricsWith, prepareRows } from '../../../src/learn/metrics/classification-metrics.ts'
import { logLoss } from '../../../src/learn/metrics/log-loss.ts'
import { meanAbsoluteError, rootMeanSquaredError } from '../../../src/learn/metrics/regression-errors.ts'
import type { AutoTrainParams } from './definition.ts'

export type RankingMetric = Exclude<AutoTrainParams['metric'], 'auto'>

export function rankingMetric(
  { target }: LearningTable,
  { metric }: Pick<AutoTrainParams, 'metric'>,
): RankingMetric {
  // The task may only be known now: a metric of the other one gives way to that of this.
  if (target.task === 'regression') return metric === 'mae' ? 'mae' : 'rmse'
  return metric === 'roc_auc' ? 'roc_auc' : 'log_loss'
}

/** What answers for the validation rows come to: the value of the metric, and the same with less being better. */
export function lossOf(
  { target, weights }: LearningTable,
  metric: RankingMetric,
): (answers: Float32Array | Float64Array) => { value: number; loss: number } {
  const own = weights?.validation
  if (target.task === 'regression') {
    const measure = metric === 'mae' ? meanAbsoluteError : rootMeanSquaredError
    return (answers) => {
      const predicted = Float64Array.from(answers)
      const value = measure({ actual: target.values.validation, predicted, weights: own }).value ?? Infinity
      return { value, loss: value }
    }
  }
  const classes = target.classes.length
  return (answers) => {
    const actual = target.codes.validation
    const rows = { classes, actual, probabilities: Float32Array.from(answers), weights: own }
    if (metric === 'log_loss') {
      const value = logLoss(rows).value ?? Infinity
      return { value, loss: value }
    }
    const positive = classes === 2 ? 1 : undefined
    const { roc_auc: auc } = metricsWith(prepareRows({ ...rows, predicted: actual, positive }), own)
    const value = auc?.value ?? 0
    return { value, loss: 1 - value }
  }
}

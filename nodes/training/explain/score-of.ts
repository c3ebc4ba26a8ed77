import type { Artifact } from '../../../src/core/artifacts.ts'
import { accuracy } from '../../../src/learn/metrics/accuracy.ts'
import { metricsWith, prepareRows } from '../../../src/learn/metrics/classification-metrics.ts'
import { confusionMatrix } from '../../../src/learn/metrics/confusion-matrix.ts'
import { logLoss } from '../../../src/learn/metrics/log-loss.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import {
  meanAbsoluteError,
  rootMeanSquaredError,
  rSquared,
} from '../../../src/learn/metrics/regression-errors.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import type { OutputColumns } from '../../../src/onnx/session.ts'
import { classCodes } from '../class-answers.ts'
import type { TrueAnswers } from '../true-answers.ts'
import type { explain, ExplainParams } from './definition.ts'

export type ScoreMetric = Exclude<ExplainParams['metric'], 'auto'>

const losses = new Set<ScoreMetric>(['log_loss', 'rmse', 'mae'])
export const isLoss = (metric: ScoreMetric): boolean => losses.has(metric)

/** The metric that suits a model, where none was chosen. */
export function metricFor({ data }: Artifact<'model'>, chosen: ExplainParams['metric']): ScoreMetric {
  if (chosen !== 'auto') return chosen
  return data.task === 'regression' ? 'rmse' : 'log_loss'
}

/** What compares the answers of a model with the true ones: null where the metric is not defined on these rows. */
export function scoreOf(
  context: ContextOf<typeof explain>,
  { model, answers, metric }: { model: Artifact<'model'>; answers: TrueAnswers; metric: ScoreMetric },
): (outputs: OutputColumns) => MetricValue {
  const { weights, numbers: actual } = answers
  const estimated = (outputs: OutputColumns) => ({
    actual,
    predicted: outputs['value'] as Float64Array,
    weights,
  })
  switch (metric) {
    case 'rmse':
      return (outputs) => rootMeanSquaredError(estimated(outputs))
    case 'mae':
      return (outputs) => meanAbsoluteError(estimated(outputs))
    case 'r2':
      return (outputs) => rSquared(estimated(outputs))
    case 'log_loss':
    case 'roc_auc':
    case 'accuracy': {
      const { classes = [], positive } = model.data.target
      const codes = classCodes(context, answers, classes)
      const codeOf = new Map(classes.map((name, code) => [name, code]))
      const probable = (outputs: OutputColumns) => ({
        classes: classes.length,
        actual: codes,
        probabilities: outputs['probabilities'] as Float32Array,
        weights,
      })
      if (metric === 'log_loss') return (outputs) => logLoss(probable(outputs))
      if (metric === 'roc_auc')
        return (outputs) => {
          const rows = {
            ...probable(outputs),
            predicted: codes,
            positive: positive === undefined ? undefined : codeOf.get(positive)!,
          }
          return metricsWith(prepareRows(rows), weights).roc_auc!
        }
      return (outputs) => {
        const predicted = Uint16Array.from(outputs['label'] as string[], (label) => codeOf.get(label)!)
        return accuracy(confusionMatrix({ classes: classes.length, actual: codes, predicted, weights }))
      }
    }
  }
}

import { checkLearningTable } from '../check-learning-table.ts'
import type { Fitted, FitRun, LearningTable } from '../learner.ts'
import { weightedMean } from '../metrics/measured-rows.ts'
import { medianOf } from '../metrics/median.ts'
import { sumInBlocks } from '../sum-in-blocks.ts'
import type { ClassTarget, NumberTarget } from '../targets.ts'
import type { BaselineModel, BaselineParameters } from './baseline-model.ts'

/** Learns one answer from the target alone, as scikit-learn's `DummyClassifier` and `DummyRegressor` do. */
export async function fitBaseline(
  table: LearningTable,
  parameters: BaselineParameters,
  { signal }: FitRun,
): Promise<Fitted<BaselineModel>> {
  signal.throwIfAborted()
  checkLearningTable(table)
  const { target, weights } = table
  const features = table.features.length
  const model: BaselineModel =
    target.task === 'regression'
      ? { task: 'regression', features, value: valueOf(target, parameters, weights?.train) }
      : { task: target.task, features, probabilities: probabilitiesOf(target, parameters, weights?.train) }
  return {
    model,
    importances: table.features.map(() => 0),
    trainingCurve: { metric: target.task === 'regression' ? 'rmse' : 'log_loss', train: [], validation: [] },
    warnings: [],
  }
}

function valueOf(
  { values: { train } }: NumberTarget,
  { numberAnswer, constant }: BaselineParameters,
  weights: Float64Array | undefined,
): number {
  switch (numberAnswer) {
    case 'mean':
      return weightedMean(train.length, weights, (row) => train[row]!)!
    case 'median':
      return medianOf(train, weights)
    case 'constant':
      return constant
  }
}

function probabilitiesOf(
  { classes, codes: { train } }: ClassTarget,
  { classAnswer }: BaselineParameters,
  weights: Float64Array | undefined,
): Float32Array {
  const sums = classes.map((_, code) =>
    sumInBlocks(train.length, (row) => (train[row] === code ? (weights?.[row] ?? 1) : 0)),
  )
  if (classAnswer === 'most-frequent') {
    const most = sums.indexOf(Math.max(...sums))
    return Float32Array.from(sums, (_, code) => Number(code === most))
  }
  const total = sums.reduce((sum, weight) => sum + weight, 0)
  return Float32Array.from(sums, (weight) => weight / total)
}

import type { Learner } from '../learner.ts'
import { emitTrees } from './emit-trees.ts'
import { fitTrees } from './fit-trees.ts'
import type { BoostingParameters } from './boosting-parameters.ts'
import { predictWithTrees } from './predict-trees.ts'
import type { TreesModel } from './trees-model.ts'

/** Histogram-based gradient-boosted trees: log loss for classes; for amounts squared, absolute, quantile or Poisson. */
export const gradientBoostedTrees: Learner<BoostingParameters, TreesModel> = {
  type: 'gradient-boosted-trees',
  tasks: ['binary', 'multiclass', 'regression'],
  fit: fitTrees,
  predict: predictWithTrees,
  emit: emitTrees,
}

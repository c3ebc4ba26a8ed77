import type { Learner } from '../learner.ts'
import { emitForest } from './emit-forest.ts'
import { fitForest } from './fit-forest.ts'
import type { ForestModel } from './forest-model.ts'
import type { ForestParameters } from './forest-parameters.ts'
import { predictWithForest } from './predict-forest.ts'

/** Random forests, of the best splits of some features on rows drawn with replacement. */
export const randomForest: Learner<ForestParameters, ForestModel> = {
  type: 'random-forest',
  tasks: ['binary', 'multiclass', 'regression'],
  fit: fitForest,
  predict: predictWithForest,
  emit: emitForest,
}

/** Extremely randomized trees: of random splits, on all rows. */
export const extraTrees: Learner<ForestParameters, ForestModel> = { ...randomForest, type: 'extra-trees' }

import type { Learner } from '../learner.ts'
import { emitLogistic } from './emit-logistic.ts'
import { fitLogistic } from './fit-logistic.ts'
import type { LogisticModel } from './logistic-model.ts'
import type { LogisticParameters } from './logistic-parameters.ts'
import { predictWithLogistic } from './predict-logistic.ts'

/** Logistic regression for two or more classes. */
export const logisticRegression: Learner<LogisticParameters, LogisticModel> = {
  type: 'logistic-regression',
  tasks: ['binary', 'multiclass'],
  fit: fitLogistic,
  predict: predictWithLogistic,
  emit: emitLogistic,
}

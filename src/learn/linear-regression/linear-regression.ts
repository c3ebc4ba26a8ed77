import type { Learner } from '../learner.ts'
import { emitLinear } from './emit-linear.ts'
import { fitLinear } from './fit-linear.ts'
import type { LinearModel } from './linear-model.ts'
import type { LinearParameters } from './linear-parameters.ts'
import { predictWithLinear } from './predict-linear.ts'

/** Linear regression by least squares, with or without a penalty on squared or absolute coefficients. */
export const linearRegression: Learner<LinearParameters, LinearModel> = {
  type: 'linear-regression',
  tasks: ['regression'],
  fit: fitLinear,
  predict: predictWithLinear,
  emit: emitLinear,
}

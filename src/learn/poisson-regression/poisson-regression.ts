import type { Learner } from '../learner.ts'
import { emitPoisson } from './emit-poisson.ts'
import { fitPoisson } from './fit-poisson.ts'
import type { PoissonModel } from './poisson-model.ts'
import type { PoissonParameters } from './poisson-parameters.ts'
import { predictWithPoisson } from './predict-poisson.ts'

/** Poisson regression: counts, whose logarithm is a weighted sum of the features. */
export const poissonRegression: Learner<PoissonParameters, PoissonModel> = {
  type: 'poisson-regression',
  tasks: ['regression'],
  fit: fitPoisson,
  predict: predictWithPoisson,
  emit: emitPoisson,
}

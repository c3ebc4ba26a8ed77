import type { z } from 'zod'
import type { ReportData } from '../../../src/core/artifacts.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import type { PoissonModel } from '../../../src/learn/poisson-regression/poisson-model.ts'
import type { PoissonParameters } from '../../../src/learn/poisson-regression/poisson-parameters.ts'
import { poissonRegression as learner } from '../../../src/learn/poisson-regression/poisson-regression.ts'
import type { Training } from '../learn-model.ts'
import type { poissonRegression } from './definition.ts'

export function trainingOf(
  params: z.output<typeof poissonRegression.params>,
): Training<PoissonParameters, PoissonModel> {
  return { learner, task: 'regression', params, describe }
}

/** Coefficients of the features as the learner sees them; e to the power of one is the factor of a step. */
function describe(
  { intercept, coefficients, standardErrors, converged, iterations }: PoissonModel,
  { features }: LearningTable,
): Record<string, ReportData['content']> {
  return {
    intercept,
    ...(standardErrors && { interceptStandardError: standardErrors.intercept }),
    coefficients: features.map((feature, index) => {
      const error = standardErrors?.coefficients[index] ?? Number.NaN
      return {
        feature,
        coefficient: coefficients[index]!,
        standardError: Number.isNaN(error) ? null : error,
      }
    }),
    converged,
    iterations,
  }
}

import type { z } from 'zod'
import type { ReportData } from '../../../src/core/artifacts.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import type { LinearModel } from '../../../src/learn/linear-regression/linear-model.ts'
import type { LinearParameters } from '../../../src/learn/linear-regression/linear-parameters.ts'
import { linearRegression as learner } from '../../../src/learn/linear-regression/linear-regression.ts'
import type { Training } from '../learn-model.ts'
import type { linearRegression } from './definition.ts'

export function trainingOf(
  params: z.output<typeof linearRegression.params>,
): Training<LinearParameters, LinearModel> {
  return { learner, task: 'regression', params, describe }
}

/** Coefficients of the features as the learner sees them. */
function describe(model: LinearModel, { features }: LearningTable): Record<string, ReportData['content']> {
  const { intercept, coefficients, standardErrors, leftOut, degreesOfFreedom } = model
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
    leftOut: leftOut.map(({ feature, because }) => ({ feature: features[feature]!, because })),
    degreesOfFreedom,
  }
}

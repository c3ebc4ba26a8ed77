import type { z } from 'zod'
import type { ReportData } from '../../../src/core/artifacts.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import type { LinearModel } from '../../../src/learn/linear-regression/linear-model.ts'
import type {
  LinearParameters,
  LinearPenalty,
} from '../../../src/learn/linear-regression/linear-parameters.ts'
import { linearRegression as learner } from '../../../src/learn/linear-regression/linear-regression.ts'
import type { Training } from '../learn-model.ts'
import type { linearRegression } from './definition.ts'

export function trainingOf(
  params: z.output<typeof linearRegression.params>,
): Training<LinearParameters, LinearModel> {
  return {
    learner,
    task: 'regression',
    params: { penalty: penaltyOf(params), targetTransform: params.targetTransform },
    describe,
  }
}

function penaltyOf({ penalty, strength, l1Share }: z.output<typeof linearRegression.params>): LinearPenalty {
  switch (penalty) {
    case 'none':
      return { kind: 'none' }
    case 'l2':
      return { kind: 'squares', strength }
    case 'l1':
      return { kind: 'absolutes', strength, absoluteShare: 1 }
    case 'elastic-net':
      return { kind: 'absolutes', strength, absoluteShare: l1Share }
  }
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

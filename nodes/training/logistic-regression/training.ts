import type { z } from 'zod'
import type { ReportData } from '../../../src/core/artifacts.ts'
import type { LearningTable } from '../../../src/learn/learner.ts'
import type { LogisticModel } from '../../../src/learn/logistic-regression/logistic-model.ts'
import type { LogisticParameters } from '../../../src/learn/logistic-regression/logistic-parameters.ts'
import { logisticRegression as learner } from '../../../src/learn/logistic-regression/logistic-regression.ts'
import type { Training } from '../learn-model.ts'
import type { logisticRegression } from './definition.ts'

export function trainingOf(
  params: z.output<typeof logisticRegression.params>,
): Training<LogisticParameters, LogisticModel> {
  return { learner, task: 'classification', params, describe }
}

/** Coefficients of the features as the learner sees them: one a feature, or one a feature and class. */
function describe(
  { coefficients, intercepts, standardErrors, converged, iterations }: LogisticModel,
  { features, target }: LearningTable,
): Record<string, ReportData['content']> {
  const outputs = intercepts.length
  const classes = target.task === 'regression' ? [] : target.classes
  const named = (values: Float64Array): ReportData['content'] =>
    outputs === 1 ? values[0]! : Object.fromEntries(classes.map((name, index) => [name, values[index]!]))
  return {
    intercept: named(intercepts),
    ...(standardErrors && { interceptStandardError: standardErrors.intercept }),
    coefficients: features.map((feature, index) => ({
      feature,
      coefficient: named(coefficients.slice(index * outputs, (index + 1) * outputs)),
      ...(standardErrors && { standardError: finiteOrNull(standardErrors.coefficients[index]!) }),
    })),
    converged,
    iterations,
  }
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

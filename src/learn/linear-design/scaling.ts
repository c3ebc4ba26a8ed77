import type { FeatureMoments } from './feature-moments.ts'
import type { LinearShape } from './linear-shape.ts'

/**
 * Coefficients are searched for as those of features that are centred and scaled, whatever units they come in: that
 * changes neither the loss nor the penalty, only how fast L-BFGS gets there.
 */
export interface Scaling {
  toCoefficients(point: Float64Array): Float64Array
  /** Turns the gradient by coefficients into that by the point, in place. */
  toPointGradient(gradient: Float64Array): void
}

export function scalingOf(moments: FeatureMoments, shape: LinearShape, penalty: number): Scaling {
  const { means, deviations } = moments
  const { features, outputs } = shape
  const intercepts = features * outputs
  // About the square root of the curvature, times 2, along each feature; a constant one stays out of the model.
  const factors = deviations.map((deviation) =>
    deviation > 0 ? 1 / Math.sqrt(deviation ** 2 + 4 * penalty) : 0,
  )
  return {
    toCoefficients(point) {
      const coefficients = point.slice()
      for (let index = 0; index < intercepts; index++) {
        const feature = Math.floor(index / outputs)
        const at = intercepts + (index % outputs)
        coefficients[index] = point[index]! * factors[feature]!
        coefficients[at] = coefficients[at]! - coefficients[index]! * means[feature]!
      }
      return coefficients
    },
    toPointGradient(gradient) {
      for (let index = 0; index < intercepts; index++) {
        const feature = Math.floor(index / outputs)
        const byIntercept = gradient[intercepts + (index % outputs)]!
        gradient[index] = (gradient[index]! - means[feature]! * byIntercept) * factors[feature]!
      }
    },
  }
}

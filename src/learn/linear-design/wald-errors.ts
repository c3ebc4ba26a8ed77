import { invertSymmetric } from '../optimize/cholesky.ts'
import type { DesignBlock, DesignLayout } from './design-matrix.ts'
import type { FeatureMoments } from './feature-moments.ts'

/** Standard errors of coefficients, in the order of the features, and of the intercept. */
export interface StandardErrors {
  coefficients: Float64Array
  intercept: number
}

/** With more features their covariances take more work than the fit. */
const mostFeatures = 400

/**
 * Standard errors of coefficients found by maximum likelihood, from the curvature of the log likelihood at its maximum
 * (Wald). `curvature` is the second derivative of a row’s loss by its linear function, weight included. NaN for constant
 * features; null where features are combinations of each other, or too many.
 */
export async function waldErrors(options: {
  blocks: readonly DesignBlock[]
  layout: DesignLayout
  moments: FeatureMoments
  curvature: (block: number, row: number) => number
  turn: () => Promise<void> | undefined
}): Promise<StandardErrors | null> {
  const { blocks, layout, moments, curvature, turn } = options
  const varying = Array.from(moments.deviations.keys()).filter((feature) => moments.deviations[feature]! > 0)
  if (varying.length > mostFeatures) return null
  const size = varying.length + 1
  const information = new Float64Array(size * size)
  const values = new Float64Array(size)
  values[size - 1] = 1
  const placeOf = new Map(varying.map((feature, place) => [feature, place]))
  for (const [index, block] of blocks.entries()) {
    for (let row = 0; row < block.rows; row++) {
      fillRow(values, { block, row, layout, moments, varying, placeOf })
      addProduct(information, values, curvature(index, row))
    }
    await turn()
  }
  mirror(information, size)
  const covariance = invertSymmetric(information, size)
  return covariance && errorsOf(covariance, { varying, moments })
}

/** The features of a row, each minus its mean and divided by its deviation. */
function fillRow(
  values: Float64Array,
  from: {
    block: DesignBlock
    row: number
    layout: DesignLayout
    moments: FeatureMoments
    varying: readonly number[]
    placeOf: ReadonlyMap<number, number>
  },
): void {
  const { block, row, layout, moments, varying, placeOf } = from
  const { means, deviations } = moments
  for (const [place, feature] of varying.entries()) values[place] = -means[feature]! / deviations[feature]!
  const add = (feature: number, value: number): void => {
    const place = placeOf.get(feature)
    if (place !== undefined) values[place] = values[place]! + value / deviations[feature]!
  }
  const width = layout.dense.length
  for (let at = 0; at < width; at++) add(layout.dense[at]!, block.dense[row * width + at]!)
  for (let at = block.starts[row]!; at < block.starts[row + 1]!; at++)
    add(block.sparseFeatures[at]!, block.sparseValues[at]!)
}

/** Adds weight × values valuesᵀ to the upper triangle. */
function addProduct(information: Float64Array, values: Float64Array, weight: number): void {
  if (weight === 0) return
  const size = values.length
  for (let row = 0; row < size; row++) {
    const factor = weight * values[row]!
    for (let column = row; column < size; column++)
      information[row * size + column] = information[row * size + column]! + factor * values[column]!
  }
}

function mirror(information: Float64Array, size: number): void {
  for (let row = 0; row < size; row++)
    for (let column = 0; column < row; column++)
      information[row * size + column] = information[column * size + row]!
}

/** Back to the units of the features: the intercept there is that of centred ones minus coefficients × means. */
function errorsOf(
  covariance: Float64Array,
  { varying, moments: { means, deviations } }: { varying: readonly number[]; moments: FeatureMoments },
): StandardErrors {
  const size = varying.length + 1
  const coefficients = new Float64Array(means.length).fill(Number.NaN)
  const shifts = Float64Array.from([...varying.map((feature) => -means[feature]! / deviations[feature]!), 1])
  let intercept = 0
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      intercept += shifts[row]! * shifts[column]! * covariance[row * size + column]!
  for (const [place, feature] of varying.entries())
    coefficients[feature] = Math.sqrt(covariance[place * size + place]!) / deviations[feature]!
  return { coefficients, intercept: Math.sqrt(intercept) }
}

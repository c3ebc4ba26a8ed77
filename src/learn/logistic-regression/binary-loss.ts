import type { BlockLoss } from './linear-loss.ts'

/** Far below the largest number. */
const mostProduct = 2 ** 900

/** Log loss of two classes when the linear function is the log-odds of the second. */
export const binaryLoss: BlockLoss = ({ block, layout, shape, coefficients, gradient }) => {
  const { rows, dense, starts, sparseFeatures, sparseValues, codes, weights } = block
  const intercept = coefficients[shape.features]!
  const denseWidth = layout.dense.length
  const denseCoefficients = Float64Array.from(layout.dense, (feature) => coefficients[feature]!)
  const denseGradient = new Float64Array(denseWidth)
  let loss = 0
  let separates = true
  let residualSum = 0
  /** One logarithm of a product of numbers from 1 to 2 stands for those of many rows of weight 1. */
  let product = 1
  for (let row = 0; row < rows; row++) {
    const start = row * denseWidth
    let logOdds = intercept
    for (let at = 0; at < denseWidth; at++) logOdds += denseCoefficients[at]! * dense[start + at]!
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      logOdds += coefficients[sparseFeatures[at]!]! * sparseValues[at]!
    }
    const weight = weights ? weights[row]! : 1
    const code = codes[row]!
    const margin = code === 1 ? logOdds : -logOdds
    const exponential = Math.exp(-Math.abs(margin))
    const missed = (margin >= 0 ? exponential : 1) / (1 + exponential)
    if (weight === 1) product *= 1 + exponential
    else loss += weight * Math.log1p(exponential)
    if (product > mostProduct) {
      loss += Math.log(product)
      product = 1
    }
    if (margin < 0) loss -= weight * margin
    separates &&= margin > 0 || weight === 0
    const residual = weight * (code === 1 ? -missed : missed)
    residualSum += residual
    for (let at = 0; at < denseWidth; at++) {
      denseGradient[at] = denseGradient[at]! + residual * dense[start + at]!
    }
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const feature = sparseFeatures[at]!
      gradient[feature] = gradient[feature]! + residual * sparseValues[at]!
    }
  }
  for (const [at, feature] of layout.dense.entries())
    gradient[feature] = gradient[feature]! + denseGradient[at]!
  gradient[shape.features] = gradient[shape.features]! + residualSum
  return { loss: loss + Math.log(product), separates }
}

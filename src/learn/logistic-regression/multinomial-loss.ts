import type { DesignLayout } from '../linear-design/design-matrix.ts'
import type { BlockLoss, LabelledBlock } from './linear-loss.ts'

/** Log loss of several classes under the softmax of one linear function a class. */
export const multinomialLoss: BlockLoss = ({ block, layout, shape, coefficients, gradient }) => {
  const { codes, weights } = block
  const { features, outputs } = shape
  const scores = new Float64Array(outputs)
  const rowValues = { features: new Uint32Array(features), values: new Float64Array(features), count: 0 }
  const intercepts = features * outputs
  let loss = 0
  let separates = true
  for (let row = 0; row < block.rows; row++) {
    gatherRow({ block, layout, row, into: rowValues })
    for (let output = 0; output < outputs; output++) scores[output] = coefficients[intercepts + output]!
    for (let index = 0; index < rowValues.count; index++) {
      const first = rowValues.features[index]! * outputs
      const value = rowValues.values[index]!
      for (let output = 0; output < outputs; output++) {
        scores[output] = scores[output]! + coefficients[first + output]! * value
      }
    }
    const weight = weights ? weights[row]! : 1
    const code = codes[row]!
    const { logLoss, margin } = softmaxInPlace(scores, code)
    loss += weight * logLoss
    separates &&= margin > 0 || weight === 0
    scores[code] = scores[code]! - 1
    for (let output = 0; output < outputs; output++) {
      scores[output] = weight * scores[output]!
      gradient[intercepts + output] = gradient[intercepts + output]! + scores[output]!
    }
    for (let index = 0; index < rowValues.count; index++) {
      const first = rowValues.features[index]! * outputs
      const value = rowValues.values[index]!
      for (let output = 0; output < outputs; output++) {
        gradient[first + output] = gradient[first + output]! + scores[output]! * value
      }
    }
  }
  return { loss, separates }
}

/** The values of a row that are not known to be 0, dense ones first. */
interface RowValues {
  features: Uint32Array
  values: Float64Array
  count: number
}

function gatherRow(options: {
  block: LabelledBlock
  layout: DesignLayout
  row: number
  into: RowValues
}): void {
  const { block, layout, row, into } = options
  const width = layout.dense.length
  for (let index = 0; index < width; index++) {
    into.features[index] = layout.dense[index]!
    into.values[index] = block.dense[row * width + index]!
  }
  into.count = width
  for (let at = block.starts[row]!; at < block.starts[row + 1]!; at++) {
    into.features[into.count] = block.sparseFeatures[at]!
    into.values[into.count++] = block.sparseValues[at]!
  }
}

/**
 * Turns scores into probabilities; gives minus the log-probability of a class, and how far its score is above the
 * highest of the others.
 */
function softmaxInPlace(scores: Float64Array, code: number): { logLoss: number; margin: number } {
  let highest = -Infinity
  let highestOther = -Infinity
  for (let output = 0; output < scores.length; output++) {
    highest = Math.max(highest, scores[output]!)
    if (output !== code) highestOther = Math.max(highestOther, scores[output]!)
  }
  const own = scores[code]!
  let sum = 0
  for (let output = 0; output < scores.length; output++) {
    scores[output] = Math.exp(scores[output]! - highest)
    sum += scores[output]!
  }
  for (let output = 0; output < scores.length; output++) scores[output] = scores[output]! / sum
  return { logLoss: Math.log(sum) + highest - own, margin: own - highestOther }
}

import type { DesignBlock, DesignLayout } from '../linear-design/design-matrix.ts'
import type { LinearShape } from '../linear-design/linear-shape.ts'

/** The log loss summed over rows, and whether the coefficients put every row with weight in its class. */
export interface LossSum {
  loss: number
  separates: boolean
}

/** A block of rows with the class code and weight of each. */
export interface LabelledBlock extends DesignBlock {
  codes: Uint16Array
  weights: Float64Array | null
}

/** Adds the gradient of a block's loss to `gradient` and gives the loss. */
export type BlockLoss = (options: {
  block: LabelledBlock
  layout: DesignLayout
  shape: LinearShape
  coefficients: Float64Array
  gradient: Float64Array
}) => LossSum

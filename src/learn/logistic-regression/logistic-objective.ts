import type { Objective } from '../optimize/objective.ts'
import { binaryLoss } from './binary-loss.ts'
import type { DesignLayout } from '../linear-design/design-matrix.ts'
import type { LinearShape } from '../linear-design/linear-shape.ts'
import type { LabelledBlock } from './linear-loss.ts'
import { multinomialLoss } from './multinomial-loss.ts'
import type { Scaling } from '../linear-design/scaling.ts'

/** A part of the table as the loss needs it. */
export interface LabelledRows {
  blocks: readonly LabelledBlock[]
  layout: DesignLayout
  shape: LinearShape
  totalWeight: number
}

/** The mean log loss; its gradient goes to `gradient`. Blocks are added up in order, whoever computes them. */
export async function meanLogLoss(options: {
  rows: LabelledRows
  coefficients: Float64Array
  gradient: Float64Array
  turn: () => Promise<void> | undefined
}): Promise<{ loss: number; separates: boolean }> {
  const { rows, coefficients, gradient, turn } = options
  const { blocks, layout, shape, totalWeight } = rows
  const blockLoss = shape.outputs === 1 ? binaryLoss : multinomialLoss
  const blockGradient = new Float64Array(gradient.length)
  let sum = 0
  let separates = true
  gradient.fill(0)
  for (const block of blocks) {
    blockGradient.fill(0)
    const part = blockLoss({ block, layout, shape, coefficients, gradient: blockGradient })
    sum += part.loss
    separates &&= part.separates
    for (let index = 0; index < gradient.length; index++)
      gradient[index] = gradient[index]! + blockGradient[index]!
    await turn()
  }
  for (let index = 0; index < gradient.length; index++) gradient[index] = gradient[index]! / totalWeight
  return { loss: sum / totalWeight, separates }
}

/** The sum of squared coefficients, intercepts aside. */
export function sumOfSquares(coefficients: Float64Array, { features, outputs }: LinearShape): number {
  let sum = 0
  for (let index = 0; index < features * outputs; index++) sum += coefficients[index]! * coefficients[index]!
  return sum
}

/** Mean log loss plus `penalty` / 2 times the sum of squared coefficients, as a function of the scaled point. */
export function logisticObjective(options: {
  rows: LabelledRows
  scaling: Scaling
  penalty: number
  turn: () => Promise<void> | undefined
  onEvaluation: (found: { separates: boolean }) => void
}): Objective {
  const { rows, scaling, penalty, turn, onEvaluation } = options
  const intercepts = rows.shape.features * rows.shape.outputs
  return async (point, gradient) => {
    const coefficients = scaling.toCoefficients(point)
    const found = await meanLogLoss({ rows, coefficients, gradient, turn })
    onEvaluation(found)
    for (let index = 0; index < intercepts; index++) {
      gradient[index] = gradient[index]! + penalty * coefficients[index]!
    }
    scaling.toPointGradient(gradient)
    return found.loss + (penalty / 2) * sumOfSquares(coefficients, rows.shape)
  }
}

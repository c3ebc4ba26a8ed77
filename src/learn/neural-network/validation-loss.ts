import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { openSession } from '../../onnx/session.ts'
import type { LearningTable } from '../learner.ts'
import { logLoss } from '../metrics/log-loss.ts'
import { rootMeanSquaredError } from '../metrics/regression-errors.ts'
import { emitNetwork } from './emit-network.ts'
import type { NetworkModel } from './network-model.ts'

/** The validation rows, standardized, once for all epochs. */
export interface ValidationRows {
  table: LearningTable
  rows: Float32Array
}

/** The loss of the very graph that the model will be: log loss, or RMSE in the unit of the target. */
export async function validationLoss(model: NetworkModel, { table, rows }: ValidationRows): Promise<number> {
  const answers = await answer(model, { rows, count: table.rows.validation })
  const weights = table.weights?.validation
  const { target } = table
  const { value } =
    target.task === 'regression'
      ? rootMeanSquaredError({
          actual: target.values.validation,
          predicted: answers as Float64Array,
          weights,
        })
      : logLoss({
          classes: target.classes.length,
          actual: target.codes.validation,
          probabilities: answers as Float32Array,
          weights,
        })
  return value ?? Number.NaN
}

async function answer(
  model: NetworkModel,
  { rows, count }: { rows: Float32Array; count: number },
): Promise<Float32Array | Float64Array> {
  const builder = new GraphBuilder()
  const matrix = builder.input('rows', 'float32', model.features)
  const isStandardized = {
    means: new Float32Array(model.features),
    factors: new Float32Array(model.features).fill(1),
  }
  builder.output('answer', emitNetwork(builder, matrix, { ...model, ...isStandardized }))
  const session = await openSession(builder.toModel())
  try {
    const { answer: found } = await session.run({ rows: count, columns: { rows } })
    return found as Float32Array | Float64Array
  } finally {
    await session.close()
  }
}

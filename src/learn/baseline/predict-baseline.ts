import type { MatrixChunk } from '../learner.ts'
import type { BaselineModel } from './baseline-model.ts'

/** The reference prediction: the same for every row. */
export function predictWithBaseline(
  model: BaselineModel,
  { rows }: MatrixChunk,
): Float32Array | Float64Array {
  if (model.task === 'regression') return new Float64Array(rows).fill(model.value)
  const { probabilities } = model
  return Float32Array.from(
    { length: rows * probabilities.length },
    (_, index) => probabilities[index % probabilities.length]!,
  )
}

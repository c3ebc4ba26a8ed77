import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import type { Learner, MatrixChunk } from '../learner.ts'

/** A trained model, whatever learner it is of. */
export interface TrainedPart {
  /** As `Learner.predict`. */
  predict(chunk: MatrixChunk): Float32Array | Float64Array
  /** As `Learner.emit`. */
  emit(builder: GraphBuilder, matrix: Value): Value
}

/** Several models that answer as one: with the mean of their answers, by weights that sum to 1. */
export interface BlendModel {
  task: 'classes' | 'numbers'
  parts: readonly { weight: number; part: TrainedPart }[]
}

/** What answers and emits; it is made by `chooseWeights`, not fitted. */
export const blend: Pick<Learner<unknown, BlendModel>, 'predict' | 'emit'> = {
  predict({ parts }, chunk) {
    const [first, ...others] = parts.map(({ weight, part }) =>
      part.predict(chunk).map((value) => weight * value),
    )
    for (const other of others)
      for (let index = 0; index < first!.length; index++) first![index] = first![index]! + other[index]!
    return first!
  },
  emit(builder, matrix, { task, parts }) {
    const type = task === 'classes' ? 'float32' : 'float64'
    return parts
      .map(({ weight, part }) => {
        const answers = part.emit(builder, matrix)
        return weight === 1
          ? answers
          : builder.node('Mul', [answers, builder.constant(tensor(type, [1, 1], [weight]))])
      })
      .reduce((sum, answers) => builder.node('Add', [sum, answers]))
  },
}

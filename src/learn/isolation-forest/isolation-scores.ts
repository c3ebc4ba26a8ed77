import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { emitEnsemble } from '../histogram-trees/emit-ensemble.ts'
import { leafOfRow } from '../histogram-trees/tree.ts'
import type { MatrixChunk } from '../learner.ts'
import type { IsolationModel } from './isolation-model.ts'

/** The anomaly score of each row, between 0 and 1: 2^(−mean path length / expected length); from about 0.6 on, odd. */
export function isolationScores(model: IsolationModel, { rows, data }: MatrixChunk): Float64Array {
  const lengths = new Float32Array(rows)
  for (const tree of model.trees) {
    for (let row = 0; row < rows; row++) {
      lengths[row] = lengths[row]! + tree.leafValues[leafOfRow(tree, data, row * model.features)]!
    }
  }
  return Float64Array.from(lengths, (length) => Math.exp(length * scaleOf(model)))
}

/** Appends the forest to a graph: from float32 [N, features] to float64 [N, 1] scores. */
export function emitIsolationScores(builder: GraphBuilder, matrix: Value, model: IsolationModel): Value {
  const trees = model.trees.map((tree) => ({ ...tree, output: 0 }))
  const lengths = emitEnsemble(builder, matrix, { trees, outputs: 1, features: model.features })
  const wide = builder.node('Cast', [lengths], { to: { i: elementCodes.float64 } })
  const scale = builder.constant(tensor('float64', [1, 1], [scaleOf(model)]))
  return builder.node('Exp', [builder.node('Mul', [wide, scale])])
}

/** A single row has no expected length, and nothing odd about it. */
const scaleOf = ({ expectedLength }: IsolationModel): number =>
  -Math.LN2 / (expectedLength > 0 ? expectedLength : 1)

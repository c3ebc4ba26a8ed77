import { emitEnsemble } from '../histogram-trees/emit-ensemble.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { TreesModel } from './trees-model.ts'

/**
 * Appends the trees to a graph: from float32 [N, features] to float32 [N, classes] probabilities or float64 [N, 1]
 * values.
 */
export function emitTrees(builder: GraphBuilder, matrix: Value, model: TreesModel): Value {
  const scores = emitScores(builder, matrix, model)
  switch (model.link) {
    case 'identity':
      return emitSum(builder, scores, model)
    case 'log':
      return builder.node('Exp', [emitSum(builder, scores, model)])
    case 'logit': {
      // Softmax of 0 and the log-odds: exact digits for small probabilities on both sides.
      const bothSides = builder.constant(tensor('float32', [1, 2], [0, 1]))
      const margins = builder.node('Mul', [emitMargins(builder, scores, model), bothSides])
      return builder.node('Softmax', [margins], { axis: { i: 1 } })
    }
    case 'softmax':
      return builder.node('Softmax', [emitMargins(builder, scores, model)], { axis: { i: 1 } })
  }
}

/** The trees alone: float32 [N, outputs], equal to `scoreWithTrees` bit for bit. */
export function emitScores(builder: GraphBuilder, matrix: Value, model: TreesModel): Value {
  return emitEnsemble(builder, matrix, { ...model, outputs: model.bases.length })
}

function emitSum(builder: GraphBuilder, scores: Value, { bases }: TreesModel): Value {
  const wide = builder.node('Cast', [scores], { to: { i: elementCodes.float64 } })
  return builder.node('Add', [wide, builder.constant(tensor('float64', [1, 1], bases))])
}

function emitMargins(builder: GraphBuilder, scores: Value, { bases }: TreesModel): Value {
  return builder.node('Add', [scores, builder.constant(tensor('float32', [1, bases.length], bases))])
}

import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import { emitEnsemble } from '../histogram-trees/emit-ensemble.ts'
import type { ForestModel } from './forest-model.ts'

/** Appends a forest to a graph: from float32 [N, features] to float32 [N, classes] shares or float64 [N, 1] values. */
export function emitForest(builder: GraphBuilder, matrix: Value, model: ForestModel): Value {
  switch (model.task) {
    case 'regression': {
      const wide = builder.node('Cast', [emitSums(builder, matrix, model)], {
        to: { i: elementCodes.float64 },
      })
      return builder.node('Add', [wide, builder.constant(tensor('float64', [1, 1], [model.base]))])
    }
    case 'binary': {
      const limit = (value: number): Value => builder.constant(tensor('float32', [], [value]))
      const share = builder.node('Clip', [emitSums(builder, matrix, model), limit(0), limit(1)])
      const one = builder.constant(tensor('float32', [1, 1], [1]))
      return builder.node('Concat', [builder.node('Sub', [one, share]), share], { axis: { i: 1 } })
    }
    case 'multiclass':
      return emitClassShares(builder, matrix, model)
  }
}

function emitSums(builder: GraphBuilder, matrix: Value, { trees, features }: ForestModel): Value {
  const ensemble = { trees: trees.map((tree) => ({ ...tree, output: 0 })), outputs: 1, features }
  return emitEnsemble(builder, matrix, ensemble)
}

/**
 * A leaf of the operator adds to one output alone. So each tree has an output of its own, which tells the number of the
 * leaf (exact in float32), and the shares of that leaf are looked up and added, tree by tree.
 */
function emitClassShares(
  builder: GraphBuilder,
  matrix: Value,
  { trees, leafShares, classes, features }: Extract<ForestModel, { task: 'multiclass' }>,
): Value {
  const numbered = trees.map((tree, output) => ({
    ...tree,
    output,
    leafValues: Float32Array.from(tree.leafRows.keys()),
  }))
  const leaves = builder.node(
    'Cast',
    [emitEnsemble(builder, matrix, { trees: numbered, outputs: trees.length, features })],
    {
      to: { i: elementCodes.int64 },
    },
  )
  let sum: Value | null = null
  for (const [index, shares] of leafShares.entries()) {
    const place = builder.constant(tensor('int64', [], [index]))
    const leaf = builder.node('Gather', [leaves, place], { axis: { i: 1 } })
    const table = builder.constant(tensor('float32', [shares.length / classes, classes], shares))
    const looked = builder.node('Gather', [table, leaf], { axis: { i: 0 } })
    sum = sum === null ? looked : builder.node('Add', [sum, looked])
  }
  return builder.declare(sum!, { type: 'float32', width: classes })
}

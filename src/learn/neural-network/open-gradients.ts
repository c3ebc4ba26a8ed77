import { openGraph, type NumberGraph } from '../../onnx/open-graph.ts'
import { gradientGraph } from './gradient-graph.ts'
import { loadTensorFlow } from './load-tensorflow.ts'
import type { Engine } from './network-parameters.ts'
import type { NetworkShape } from './network-shape.ts'
import { openTensorFlowGradients } from './tensorflow-gradients.ts'

/** Opens what computes answers and derivatives of a part of a batch; inputs and outputs are those of `gradientGraph`. */
export async function openGradients({
  engine,
  shape,
}: {
  engine: Engine
  shape: NetworkShape
}): Promise<NumberGraph> {
  switch (engine) {
    case 'onnx':
      return openGraph(gradientGraph(shape))
    case 'tensorflow':
      return openTensorFlowGradients(await loadTensorFlow(), shape)
  }
}

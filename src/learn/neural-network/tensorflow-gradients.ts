import type { NumberGraph, Numbers } from '../../onnx/open-graph.ts'
import { leak, varianceFloor } from './gradient-graph.ts'
import type { TensorFlow } from './load-tensorflow.ts'
import { blocksOf, type NetworkShape, type ShapedLayer } from './network-shape.ts'

type Tensor = ReturnType<TensorFlow['tensor2d']>
type Scalar = ReturnType<TensorFlow['scalar']>

/**
 * What `gradientGraph` computes, with its inputs and outputs, by TensorFlow.js and its own derivatives. Which backend
 * computes is the matter of the module that is given.
 */
export function openTensorFlowGradients(tensorFlow: TensorFlow, shape: NetworkShape): NumberGraph {
  return {
    run: async (inputs) => tensorFlow.tidy(() => differentiate(tensorFlow, shape, inputs)),
    close: async () => {},
  }
}

function differentiate(
  tensorFlow: TensorFlow,
  shape: NetworkShape,
  inputs: Readonly<Record<string, Numbers>>,
): Record<string, Float32Array> {
  const tensors = new Map(
    Object.entries(inputs).map(([name, { data, dims }]) => [
      name,
      tensorFlow.tensor2d(data, [dims[0]!, dims[1]!]),
    ]),
  )
  const moved = [...blocksOf(shape).map(({ name }) => name), ...(shape.embeddings.length > 0 ? ['rows'] : [])]
  const seen = new Map<string, Tensor>()
  const lossOf = (...values: Tensor[]): Scalar => {
    const given = new Map([...tensors, ...moved.map((name, index) => [name, values[index]!] as const)])
    const scores = scoresOf(tensorFlow, shape, { given, seen })
    return weightedLoss(tensorFlow, shape.head, { scores, given, seen })
  }
  const { grads } = tensorFlow.valueAndGrads(lossOf as Parameters<TensorFlow['valueAndGrads']>[0])(
    moved.map((name) => tensors.get(name)!),
  )
  const found: Record<string, Float32Array> = {}
  for (const [index, name] of moved.entries())
    found[`d_${name}`] = Float32Array.from(grads[index]!.dataSync())
  for (const [name, tensor] of seen) {
    found[name] = Float32Array.from(tensor.dataSync())
    tensor.dispose()
  }
  return found
}

interface Forward {
  given: ReadonlyMap<string, Tensor>
  /** What is to be told beside the derivatives; it outlives the forward pass. */
  seen: Map<string, Tensor>
}

function scoresOf(tensorFlow: TensorFlow, shape: NetworkShape, { given, seen }: Forward): Tensor {
  let value = given.get('rows')!
  for (const [index, layer] of shape.layers.entries()) {
    let sums: Tensor = tensorFlow.matMul(value, given.get(layer.weights.name)!)
    if (layer.scales) {
      const mean: Tensor = tensorFlow.mean(sums, 0, true)
      const centred = tensorFlow.sub<Tensor>(sums, mean)
      const variance: Tensor = tensorFlow.mean(tensorFlow.square(centred), 0, true)
      seen.set(`mean${index}`, tensorFlow.keep(mean))
      seen.set(`variance${index}`, tensorFlow.keep(variance))
      const standard = tensorFlow.div<Tensor>(
        centred,
        tensorFlow.sqrt(tensorFlow.add(variance, varianceFloor)),
      )
      sums = tensorFlow.mul<Tensor>(standard, given.get(layer.scales.name)!)
    }
    value = activate(tensorFlow, tensorFlow.add<Tensor>(sums, given.get(layer.biases.name)!), layer)
    const mask = given.get(`mask${index}`)
    if (mask) value = tensorFlow.mul<Tensor>(value, mask)
  }
  return value
}

function activate(tensorFlow: TensorFlow, sums: Tensor, { activation }: ShapedLayer): Tensor {
  switch (activation) {
    case 'none':
      return sums
    case 'relu':
      return tensorFlow.relu(sums)
    case 'leaky-relu':
      return tensorFlow.leakyRelu(sums, leak)
    case 'tanh':
      return tensorFlow.tanh(sums)
    case 'sigmoid':
      return tensorFlow.sigmoid(sums)
  }
}

/** Cross-entropy, or half the squared error, summed with the weights of the rows. */
function weightedLoss(
  tensorFlow: TensorFlow,
  head: NetworkShape['head'],
  { scores, given, seen }: Forward & { scores: Tensor },
): Scalar {
  const targets = given.get('targets')!
  const tell = (answers: Tensor): void => void seen.set('answers', tensorFlow.keep(answers))
  const weighted = (losses: Tensor): Scalar => tensorFlow.sum(tensorFlow.mul(losses, given.get('weights')!))
  switch (head) {
    case 'sigmoid':
      tell(tensorFlow.sigmoid(scores))
      return weighted(tensorFlow.sub(tensorFlow.softplus(scores), tensorFlow.mul(scores, targets)))
    case 'softmax':
      tell(tensorFlow.softmax(scores))
      return weighted(tensorFlow.neg(tensorFlow.mul(tensorFlow.logSoftmax(scores), targets)))
    case 'identity':
      tell(tensorFlow.clone(scores))
      return weighted(tensorFlow.mul(tensorFlow.squaredDifference(scores, targets), 0.5))
  }
}

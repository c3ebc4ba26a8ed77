import { GraphBuilder, type Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import type { Activation } from './network-parameters.ts'
import { blocksOf, type NetworkShape, type ShapedLayer } from './network-shape.ts'

/** What batch normalization adds to a variance before it divides by its root. */
export const varianceFloor = 1e-5
/** What a leaky rectifier leaves of a negative sum. */
export const leak = 0.01

/**
 * Forward and backward through a network, as a graph. Inputs: `rows` [N, inputs], `targets` [N, outputs], `weights`
 * [N, 1] (a row’s share of the batch), `ones` [N, 1], `share` [1, 1] (1 / N), the blocks of the shape by name, and with
 * dropout `mask0`, … [N, units] (0, or what makes up for the units left out). Outputs: `answers` [N, outputs] behind the
 * head; `d_` and a block’s name, the derivative of the summed loss by it; with batch normalization `mean0`, `variance0`, …;
 * with embeddings `d_rows`, the derivative by each input.
 */
export function gradientGraph(shape: NetworkShape): Uint8Array {
  const builder = new GraphBuilder()
  const given = {
    rows: builder.input('rows', 'float32', shape.inputs),
    targets: builder.input('targets', 'float32', shape.outputs),
    weights: builder.input('weights', 'float32', 1),
    ones: builder.input('ones', 'float32', 1),
    share: builder.matrixInput('share', { type: 'float32', rows: 1, width: 1 }),
  }
  const blocks = new Map(
    blocksOf(shape).map(({ name, rows, columns }) => [
      name,
      builder.matrixInput(name, { type: 'float32', rows, width: columns }),
    ]),
  )
  const graph = new Tape(builder, { blocks, ones: given.ones, share: given.share })
  let value = given.rows
  const backward: ((derivative: Value) => Value)[] = []
  for (const [index, layer] of shape.layers.entries()) {
    const step = graph.layer(value, layer, index)
    backward.push(step.backward)
    value = step.value
    if (!shape.hasDropout || layer.activation === 'none') continue
    const mask = builder.input(`mask${index}`, 'float32', layer.outputs)
    backward.push((derivative) => builder.node('Mul', [derivative, mask]))
    value = builder.node('Mul', [value, mask])
  }
  const answers = graph.head(value, shape.head)
  builder.output('answers', answers)
  // Of cross-entropy by the scores, and of half the squared error by the value: the same form.
  let derivative = builder.node('Mul', [builder.node('Sub', [answers, given.targets]), given.weights])
  for (const step of backward.toReversed()) derivative = step(derivative)
  if (shape.embeddings.length > 0) builder.output('d_rows', derivative)
  for (const [name, value] of graph.outputs) builder.output(name, value)
  return builder.toModel()
}

/** Each operation gives its value and how a derivative goes back through it. */
class Tape {
  readonly outputs: [string, Value][] = []
  readonly #builder: GraphBuilder
  readonly #blocks: ReadonlyMap<string, Value>
  readonly #ones: Value
  readonly #share: Value

  constructor(
    builder: GraphBuilder,
    { blocks, ones, share }: { blocks: ReadonlyMap<string, Value>; ones: Value; share: Value },
  ) {
    this.#builder = builder
    this.#blocks = blocks
    this.#ones = ones
    this.#share = share
  }

  layer(
    value: Value,
    layer: ShapedLayer,
    index: number,
  ): { value: Value; backward: (derivative: Value) => Value } {
    const weights = this.#blocks.get(layer.weights.name)!
    const width = layer.outputs
    const sums = this.#product(value, weights, { width })
    const normalized = layer.scales ? this.#normalize(sums, layer, index) : null
    const biases = this.#blocks.get(layer.biases.name)!
    const shifted = this.#node('Add', normalized?.value ?? sums, biases)
    const activated = this.#activate(shifted, layer.activation)
    const backward = (derivative: Value): Value => {
      const byShifted = activated.backward(derivative)
      this.outputs.push([`d_${layer.biases.name}`, this.#sumOfRows(byShifted, width)])
      const bySums = normalized ? normalized.backward(byShifted) : byShifted
      const byWeights = this.#product(value, bySums, { width, rows: layer.inputs }, { transA: { i: 1 } })
      this.outputs.push([`d_${layer.weights.name}`, byWeights])
      return this.#product(bySums, weights, { width: layer.inputs }, { transB: { i: 1 } })
    }
    return { value: activated.value, backward }
  }

  head(scores: Value, head: NetworkShape['head']): Value {
    switch (head) {
      case 'sigmoid':
        return this.#node('Sigmoid', scores)
      case 'softmax':
        return this.#builder.node('Softmax', [scores], { axis: { i: 1 } })
      case 'identity':
        return this.#node('Identity', scores)
    }
  }

  /** Batch normalization (Ioffe and Szegedy 2015) by the rows of the run. */
  #normalize(sums: Value, layer: ShapedLayer, index: number) {
    const width = layer.outputs
    const scales = this.#blocks.get(layer.scales!.name)!
    const meanOf = (value: Value): Value =>
      this.#builder.declare(this.#node('Mul', this.#sumOfRows(value, width), this.#share), {
        type: 'float32',
        width,
        rows: 1,
      })
    const mean = meanOf(sums)
    const centred = this.#node('Sub', sums, mean)
    const variance = meanOf(this.#node('Mul', centred, centred))
    this.outputs.push([`mean${index}`, mean], [`variance${index}`, variance])
    const deviation = this.#node('Sqrt', this.#node('Add', variance, this.#number(varianceFloor)))
    const standard = this.#node('Div', centred, deviation)
    const backward = (derivative: Value): Value => {
      const along = this.#node('Mul', derivative, standard)
      this.outputs.push([`d_${layer.scales!.name}`, this.#sumOfRows(along, width)])
      const free = this.#node('Sub', derivative, meanOf(derivative))
      const across = this.#node('Sub', free, this.#node('Mul', standard, meanOf(along)))
      return this.#node('Mul', across, this.#node('Div', scales, deviation))
    }
    return { value: this.#node('Mul', standard, scales), backward }
  }

  #activate(
    sums: Value,
    activation: Activation | 'none',
  ): { value: Value; backward: (derivative: Value) => Value } {
    const one = (): Value => this.#number(1)
    switch (activation) {
      case 'none':
        return { value: sums, backward: (derivative) => derivative }
      case 'relu': {
        const isOn = this.#node('Greater', sums, this.#number(0))
        return {
          value: this.#node('Relu', sums),
          backward: (derivative) => this.#node('Where', isOn, derivative, this.#number(0)),
        }
      }
      case 'leaky-relu': {
        const isOn = this.#node('Greater', sums, this.#number(0))
        const leaking = (value: Value): Value => this.#node('Mul', value, this.#number(leak))
        return {
          value: this.#node('Max', sums, leaking(sums)),
          backward: (derivative) => this.#node('Where', isOn, derivative, leaking(derivative)),
        }
      }
      case 'tanh': {
        const value = this.#node('Tanh', sums)
        return {
          value,
          backward: (derivative) =>
            this.#node('Mul', derivative, this.#node('Sub', one(), this.#node('Mul', value, value))),
        }
      }
      case 'sigmoid': {
        const value = this.#node('Sigmoid', sums)
        return {
          value,
          backward: (derivative) =>
            this.#node('Mul', derivative, this.#node('Mul', value, this.#node('Sub', one(), value))),
        }
      }
    }
  }

  #node(op: string, ...inputs: readonly Value[]): Value {
    return this.#builder.node(op, inputs)
  }

  #product(
    left: Value,
    right: Value,
    size: { width: number; rows?: number },
    transposed: { transA?: { i: 1 }; transB?: { i: 1 } } = {},
  ): Value {
    return this.#builder.declare(this.#builder.node('Gemm', [left, right], transposed), {
      type: 'float32',
      ...size,
    })
  }

  /** As a product, since the order of a plain sum depends on where it lies in memory. */
  #sumOfRows(value: Value, width: number): Value {
    return this.#product(this.#ones, value, { width, rows: 1 }, { transA: { i: 1 } })
  }

  #number(value: number): Value {
    return this.#builder.constant(tensor('float32', [1, 1], [value]))
  }
}

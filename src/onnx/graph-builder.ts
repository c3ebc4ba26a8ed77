import { attributeMessages, type Attributes } from './attributes.ts'
import { encodeMessage } from './codec.ts'
import { readModel } from './read-model.ts'
import type { Message } from './messages.ts'
import {
  modelMessage,
  neededParts,
  type GraphNode,
  type GraphParts,
  type GraphPort,
} from './model-message.ts'
import { isStableInEveryType, lanesOf, stabilityOf } from './operator-stability.ts'
import { elementTypeOf, tensor, type ElementType } from './tensor.ts'
import { resultType, type KnownValue, type ValueType } from './value-types.ts'

/** A tensor inside a graph that is being built. */
export type Value = string

/**
 * Builds an ONNX model: IR 9, opset 20, ai.onnx.ml 5, com.microsoft 1. Values are tensors [rows, width]. The model
 * holds only what its outputs need, its names are given when it is written, and equal calls give equal bytes.
 */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = []
  readonly #constants = new Map<Value, Message<'Tensor'>>()
  readonly #inputs = new Map<Value, GraphPort>()
  readonly #outputs = new Map<string, GraphPort>()
  readonly #known = new Map<Value, KnownValue>()
  #metadata: Readonly<Record<string, string>> = {}
  #next = 0

  /** A column that the model is given, [rows, width]; asking again for the same name gives the same value. */
  input(name: string, type: ElementType, width = 1): Value {
    for (const [value, port] of this.#inputs) {
      if (port.name !== name) continue
      if (port.type !== type || port.width !== width)
        throw new TypeError(`The input ${name} is ${port.type} [N, ${port.width}], not ${type} [N, ${width}]`)
      return value
    }
    const value = this.#newValue({ type, width })
    this.#inputs.set(value, { name, value, type, width })
    return value
  }

  /** An input that is no column: always so many rows. */
  matrixInput(name: string, shape: { type: ElementType; rows: number; width: number }): Value {
    const value = this.#newValue(shape)
    this.#inputs.set(value, { name, value, ...shape })
    return value
  }

  constant(constant: Message<'Tensor'>): Value {
    const type = elementTypeOf(constant.dataType)
    const dims = Array.from(constant.dims ?? [], Number)
    const value = this.#newValue(type && { type, width: dims.at(-1) ?? 1, dims })
    this.#constants.set(value, constant)
    return value
  }

  /**
   * The one output of an operator: `Add`, `ml.TreeEnsemble` (ai.onnx.ml) or `ms.Tokenizer` (com.microsoft). What it
   * gives for a row does not depend on the other rows: where the operator alone cannot promise that, columns are
   * added before it and taken away behind it. Throws a TypeError for one that can never be made so.
   */
  node(op: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    if (isStableInEveryType(op)) return this.#plainNode(op, inputs, attributes)
    const { type } = this.typeOf(inputs[0]!)
    switch (stabilityOf(op, type)) {
      case 'row':
        return this.#plainNode(op, inputs, attributes)
      case 'lanes':
        return this.#inWholeLanes(op, inputs[0]!, attributes)
      case 'address':
        throw new TypeError(`${op} of ${type} rounds by chance: use Gemm instead of sums, Softmax in float32`)
    }
  }

  /** All outputs of an operator that has several; their types have to be declared. */
  nodes(op: string, inputs: readonly Value[], outputCount: number, attributes: Attributes = {}): Value[] {
    const outputs = Array.from({ length: outputCount }, () => this.#newValue())
    this.#nodes.push({ op, inputs, outputs, attributes: attributeMessages(attributes) })
    return outputs
  }

  /** Says what an operator gives where `node` cannot know: `builder.declare(value, { type: 'float32', width: 3 })`. */
  declare(value: Value, type: ValueType): Value {
    this.#known.set(value, type)
    return value
  }

  /** Throws a TypeError where the type is neither known by rule nor declared. */
  typeOf(value: Value): ValueType {
    const known = this.#known.get(value)
    if (!known) throw new TypeError(`Nothing declares the type of ${value}`)
    return known
  }

  /** An answer of the model. Type and width have to be given only where `typeOf` does not know them. */
  output(name: string, value: Value, type?: ElementType, width?: number): void {
    const known = type && width !== undefined ? { type, width } : this.typeOf(value)
    const tracked = this.#known.get(value) ?? known
    if (tracked.type !== known.type || tracked.width !== known.width)
      throw new TypeError(`The output ${name} is ${tracked.type} [N, ${tracked.width}]`)
    if (this.#outputs.has(name)) throw new TypeError(`There are two outputs ${name}`)
    const rows = tracked.rows === undefined ? {} : { rows: tracked.rows }
    this.#outputs.set(name, { name, value, type: known.type, width: known.width, ...rows })
  }

  /** Names of the inputs that the outputs so far depend on: those the model will have. */
  neededInputs(): string[] {
    return neededParts(this.#parts({})).inputs.map(({ name }) => name)
  }

  /** The model's bytes. Metadata is added to what an extended model had. */
  toModel(metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    return encodeMessage('Model', modelMessage(this.#parts(metadata)))
  }

  /**
   * A builder that holds an existing model, so that nodes can follow on its answers: these are given as `answers` by
   * name, and are outputs of the new model only if they are put out again.
   */
  static extend(bytes: Uint8Array): { builder: GraphBuilder; answers: Readonly<Record<string, Value>> } {
    const builder = new GraphBuilder()
    const model = readModel(bytes)
    const values = new Map<string, Value>([['', '']])
    for (const { name, tensorName, type, width } of model.inputs)
      values.set(tensorName, builder.input(name, type, width))
    for (const constant of model.constants) values.set(constant.name ?? '', builder.constant(constant))
    for (const node of model.nodes) {
      const inputs = node.inputs.map((name) => values.get(name)!)
      const outputs = node.outputs.map((name) => (name === '' ? '' : builder.#newValue()))
      for (const [index, name] of node.outputs.entries()) values.set(name, outputs[index]!)
      builder.#nodes.push({ ...node, inputs, outputs })
    }
    builder.#metadata = model.metadata
    const answers = model.outputs.map(({ name, type, width }) => [
      name,
      builder.declare(values.get(name)!, { type, width }),
    ])
    return { builder, answers: Object.fromEntries(answers) as Record<string, Value> }
  }

  #parts(metadata: Readonly<Record<string, string>>): GraphParts {
    return {
      nodes: this.#nodes,
      constants: this.#constants,
      inputs: [...this.#inputs.values()],
      outputs: [...this.#outputs.values()],
      metadata: { ...this.#metadata, ...metadata },
    }
  }

  #plainNode(op: string, inputs: readonly Value[], attributes: Attributes): Value {
    const value = this.nodes(op, inputs, 1, attributes)[0]!
    const known = inputs.map((input) => this.#known.get(input))
    const type = resultType(op, known, attributes)
    return type ? this.declare(value, type) : value
  }

  #inWholeLanes(op: string, input: Value, attributes: Attributes): Value {
    const { type, width } = this.typeOf(input)
    const missing = (lanesOf(type) - (width % lanesOf(type))) % lanesOf(type)
    if (missing === 0) return this.#plainNode(op, [input], attributes)
    const integers = (...values: number[]): Value => this.constant(tensor('int64', [values.length], values))
    const one = this.constant(tensor(type as 'float64', [], [1]))
    const padded = this.#plainNode('Pad', [input, integers(0, 0, 0, missing), one], {})
    this.declare(padded, { type, width: width + missing })
    const result = this.#plainNode(op, [padded], attributes)
    const columns = this.#plainNode('Slice', [result, integers(0), integers(width), integers(1)], {})
    return this.declare(columns, { type, width })
  }

  #newValue(known?: KnownValue): Value {
    const value = `v${this.#next++}`
    if (known) this.#known.set(value, known)
    return value
  }
}

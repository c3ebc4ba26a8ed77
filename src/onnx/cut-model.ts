import { InferenceSession } from 'onnxruntime-node'
import { encodeMessage } from './codec.ts'
import type { Message } from './messages.ts'
import { modelMessage, type GraphNode, type GraphPort } from './model-message.ts'
import { metadataKeys } from './model-metadata.ts'
import { readMetadata, readModel } from './read-model.ts'
import { sessionOptions } from './session.ts'

/** A model that Pipewright wrote, to be run in parts: what lies between them is an output of one and an input of another. */
export class CutModel {
  readonly inputs: readonly GraphPort[]
  readonly outputs: readonly GraphPort[]
  readonly nodes: readonly GraphNode[]
  readonly #constants: ReadonlyMap<string, Message<'Tensor'>>

  /** Null for a model that comes from elsewhere. */
  static read(bytes: Uint8Array): CutModel | null {
    return metadataKeys.imported in readMetadata(bytes) ? null : new CutModel(bytes)
  }

  private constructor(bytes: Uint8Array) {
    const { inputs, outputs, nodes, constants } = readModel(bytes)
    const port = ({ tensorName, ...rest }: (typeof inputs)[number]): GraphPort => ({
      ...rest,
      value: tensorName,
    })
    this.inputs = inputs.map(port)
    this.outputs = outputs.map(port)
    this.nodes = nodes
    this.#constants = new Map(constants.map((tensor) => [tensor.name ?? '', tensor]))
  }

  /** The part behind some values that it is given, beside the inputs of the model. */
  part({ given, outputs }: { given: readonly GraphPort[]; outputs: readonly GraphPort[] }): Uint8Array {
    return encodeMessage('Model', this.#message({ given, outputs }))
  }

  /** Of values inside of the model, those that are columns of a known width, as the runtime says. */
  async columns(values: readonly string[]): Promise<Map<string, Pick<GraphPort, 'type' | 'width'>>> {
    if (values.length === 0) return new Map()
    const names = [...new Set(values)]
    const outputs = names.map((value): GraphPort => ({ name: value, value, type: 'float32', width: 1 }))
    const message = this.#message({ given: [], outputs })
    // Without their types, which it finds out.
    const untyped = { ...message, graph: { ...message.graph, output: names.map((name) => ({ name })) } }
    const session = await InferenceSession.create(encodeMessage('Model', untyped), sessionOptions)
    const found = new Map<string, Pick<GraphPort, 'type' | 'width'>>()
    for (const port of session.outputMetadata) {
      if (!port.isTensor || port.shape.length !== 2) continue
      const width = port.shape[1]
      if (typeof width !== 'number') continue
      if (port.type === 'float32' || port.type === 'float64' || port.type === 'string')
        found.set(port.name, { type: port.type, width })
    }
    await session.release()
    return found
  }

  /** By text column, the values that depend on it alone, and that something takes which depends on more. */
  textValues(): Map<string, string[]> {
    const sources = this.#sources()
    const found = new Map<string, Set<string>>()
    const add = (value: string): void => {
      const source = sources.get(value)
      if (source === undefined || source === mixed || this.inputs.some((input) => input.value === value))
        return
      found.set(source, (found.get(source) ?? new Set()).add(value))
    }
    for (const { inputs, outputs } of this.nodes)
      for (const value of inputs) if (sources.get(value) !== sources.get(outputs[0]!)) add(value)
    for (const { value } of this.outputs) add(value)
    return new Map([...found].map(([column, values]) => [column, [...values]]))
  }

  /** For each value, the text column that it depends on; `mixed` where it depends on more. Constants are not there. */
  #sources(): Map<string, string> {
    const sources = new Map(
      this.inputs.map(({ name, value, type }) => [value, type === 'string' ? name : mixed] as const),
    )
    for (const { inputs, outputs } of this.nodes) {
      const own = new Set(inputs.flatMap((value) => sources.get(value) ?? []))
      if (own.size === 0) continue
      const [first] = own
      for (const value of outputs) sources.set(value, own.size === 1 ? first! : mixed)
    }
    return sources
  }

  #message({ given, outputs }: { given: readonly GraphPort[]; outputs: readonly GraphPort[] }) {
    const values = new Set(given.map(({ value }) => value))
    return modelMessage({
      nodes: this.nodes.filter((node) => !node.outputs.some((value) => values.has(value))),
      constants: this.#constants,
      inputs: [...this.inputs, ...given],
      outputs,
      metadata: {},
    })
  }
}

/** No column bears the name. */
const mixed = '\0'

import { encodeMessage } from './codec.ts'
import type { Message } from './messages.ts'
import { modelMessage, type GraphNode } from './model-message.ts'
import { readModel } from './read-model.ts'
import type { ElementType } from './tensor.ts'

/** The graph of a model that Pipewright wrote, to be looked into. */
export interface StoredGraph {
  nodes: readonly GraphNode[]
  constants: ReadonlyMap<string, Message<'Tensor'>>
  metadata: Readonly<Record<string, string>>
  /** A model of the same inputs, as far as they are needed, that gives values from inside of this one. */
  showing(values: readonly { name: string; value: string; type: ElementType; width: number }[]): Uint8Array
}

/** Throws `onnx.malformed` where it is none. */
export function readStoredGraph(bytes: Uint8Array): StoredGraph {
  const { nodes, constants, metadata, inputs } = readModel(bytes)
  const byName = new Map(constants.map((tensor) => [tensor.name ?? '', tensor]))
  return {
    nodes,
    constants: byName,
    metadata,
    showing(values) {
      const ports = inputs.map(({ name, tensorName, type, width }) => ({
        name,
        value: tensorName,
        type,
        width,
      }))
      return encodeMessage(
        'Model',
        modelMessage({ nodes, constants: byName, inputs: ports, outputs: values, metadata: {} }),
      )
    },
  }
}

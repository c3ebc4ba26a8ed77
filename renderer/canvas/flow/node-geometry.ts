import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'

/** Sizes of node cards in canvas units; they are known before anything is measured, so nothing jumps. */
export const nodeWidth = 232
export const nodeMinHeight = 60
export const portSize = 12
const portPitch = 24

export interface PortPlace {
  port: string
  side: 'input' | 'output'
  /** Of its centre, below the upper edge of the card. */
  y: number
}

export interface NodeGeometry {
  height: number
  ports: readonly PortPlace[]
}

const unknown: NodeGeometry = { height: nodeMinHeight, ports: [] }
const known = new WeakMap<NodeDescription, NodeGeometry>()

/** A node without a description has no ports that are known. */
export function geometryOf(description: NodeDescription | undefined): NodeGeometry {
  if (!description) return unknown
  const found = known.get(description)
  if (found) return found
  const inputs = Object.keys(description.inputs)
  const outputs = Object.keys(description.outputs)
  const height = Math.max(nodeMinHeight, Math.max(inputs.length, outputs.length) * portPitch + 12)
  const places = (names: readonly string[], side: PortPlace['side']): PortPlace[] =>
    names.map((port, index) => ({ port, side, y: height / 2 + (index - (names.length - 1) / 2) * portPitch }))
  const geometry = { height, ports: [...places(inputs, 'input'), ...places(outputs, 'output')] }
  known.set(description, geometry)
  return geometry
}

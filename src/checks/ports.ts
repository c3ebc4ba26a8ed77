import type { PortType } from '../core/artifacts.ts'
import { unknownTable, type Shape } from '../core/columns.ts'
import type { AnyNodeDefinition, Ports } from '../node-kit/define-node.ts'

export const inputsOf = (definition: AnyNodeDefinition): Ports => definition.inputs as Ports

export const outputsOf = (definition: AnyNodeDefinition): Ports => definition.outputs as Ports

export function namesOfType(ports: Ports, type: PortType): string[] {
  return Object.keys(ports).filter((name) => ports[name]!.type === type)
}

/** What is known of an output when nothing is. */
export function unknownShape(type: PortType): Shape {
  switch (type) {
    case 'table':
      return unknownTable
    case 'model':
      return { kind: 'model', task: null, target: null }
    case 'report':
      return { kind: 'report' }
  }
}

import type { Edge, Node } from '@xyflow/react'
import type { PortType } from '../../../src/core/artifacts.ts'
import type { Connection } from '../../../src/core/pipeline.ts'
import type { Point } from './route-edge.ts'

/** A node card; it reads everything but its place from the store, by its id. */
export type StepNode = Node<Record<string, never>, 'step'>
/** The frame around the members of a group, or the card that stands for them. Its id is `group:<id>`. */
export type GroupNode = Node<{ group: string; collapsed: boolean }, 'frame'>
/** A note. Its id is `note:<id>`. */
export type NoteNode = Node<{ note: string }, 'note'>
export type FlowNode = StepNode | GroupNode | NoteNode

export interface EdgeData extends Record<string, unknown> {
  connection: Connection
  type: PortType | null
  /** Corners of a way around the cards; null where a plain curve crosses none. */
  route: readonly Point[] | null
}

/** Its id is the edge as it stands in the file. */
export type FlowEdge = Edge<EdgeData, 'data'>

export const groupNodeId = (group: string): string => `group:${group}`
export const noteNodeId = (note: string): string => `note:${note}`

/** What a node on the canvas stands for. */
export function meaningOf(id: string): { kind: 'step' | 'group' | 'note'; id: string } {
  if (id.startsWith('group:')) return { kind: 'group', id: id.slice('group:'.length) }
  if (id.startsWith('note:')) return { kind: 'note', id: id.slice('note:'.length) }
  return { kind: 'step', id }
}

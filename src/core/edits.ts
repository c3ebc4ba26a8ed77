import type { z } from 'zod'
import type { Pipeline, PipelineNode, PipelineParameter, Position, pipelineSchema } from './pipeline.ts'

type Json = z.infer<ReturnType<typeof z.json>>

/** A change of a pipeline, as data: it can be stored, sent, undone (every edit has an inverse) and offered as a fix. */
export type Edit =
  | { kind: 'add-node'; id: string; node: PipelineNode; at?: Position }
  /** Takes the node's edges, links, pin, position and group membership with it. */
  | { kind: 'remove-node'; id: string }
  | { kind: 'rename-node'; from: string; to: string }
  /** A parameter by its path, such as `['columns', 0]`; without a value it is taken away (its default counts). */
  | { kind: 'set-param'; node: string; path: readonly (string | number)[]; value?: Json }
  | {
      kind: 'set-node'
      node: string
      fields: Partial<{ [K in 'title' | 'note' | 'disabled']: PipelineNode[K] | null }>
    }
  /** Replaces type, version and parameters, as an upgrade does. */
  | { kind: 'replace-node'; node: string; with: PipelineNode }
  | { kind: 'add-edge'; edge: string; index?: number }
  | { kind: 'remove-edge'; edge: string }
  | { kind: 'move-nodes'; positions: Readonly<Record<string, Position | null>> }
  | { kind: 'set-parameter'; name: string; parameter: PipelineParameter | null }
  /** A whole optional section or head field: name, description, seed, notes, groups, pins, checks, automation… */
  | {
      [Field in Exclude<keyof Pipeline, 'format' | 'id' | 'nodes' | 'edges' | 'layout' | 'parameters'>]: {
        kind: 'set-field'
        field: Field
        value: z.input<typeof pipelineSchema>[Field] | null
      }
    }[Exclude<keyof Pipeline, 'format' | 'id' | 'nodes' | 'edges' | 'layout' | 'parameters'>]

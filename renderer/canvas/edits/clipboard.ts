import { z } from 'zod'
import type { Edit } from '../../../src/core/edits.ts'
import { ownValue } from '../../../src/core/own-value.ts'
import {
  edgeSchema,
  formatEdge,
  nodeIdSchema,
  nodeSchema,
  parseEdge,
  positionSchema,
  type Pipeline,
  type Position,
} from '../../../src/core/pipeline.ts'
import { freeId } from './free-id.ts'

/** What a copy of nodes is as text: it can go to another pipeline, a chat, a file. */
const copySchema = z.object({
  pipewright: z.literal('nodes'),
  nodes: z.record(nodeIdSchema, nodeSchema),
  edges: z.array(edgeSchema),
  layout: z.record(nodeIdSchema, positionSchema),
})

/** Nodes, the edges among them, and where they stand. */
export function copyText(document: Pipeline, ids: readonly string[]): string {
  const chosen = Object.keys(document.nodes).filter((id) => ids.includes(id))
  const pick = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(chosen.filter((id) => Object.hasOwn(record, id)).map((id) => [id, record[id]!]))
  const copy: z.infer<typeof copySchema> = {
    pipewright: 'nodes',
    nodes: pick(document.nodes),
    edges: document.edges.filter((edge) => {
      const { from, to } = parseEdge(edge)
      return chosen.includes(from.node) && chosen.includes(to.node)
    }),
    layout: pick(document.layout),
  }
  return `${JSON.stringify(copy, null, 2)}\n`
}

interface Paste {
  text: string
  document: Pipeline
  /** Where the upper left corner of what is pasted goes; beside where it was copied when absent. */
  at?: Position
  /** Also connects the copies with what fed the originals, where that is there. */
  keepInputs?: boolean
}

/** Null when the text is no copy of nodes. Copies get ids that are free. */
export function pasteEdits({
  text,
  document,
  at,
  keepInputs,
}: Paste): { ids: string[]; edits: Edit[] } | null {
  const copy = readCopy(text)
  if (!copy) return null
  const names = new Map<string, string>()
  const taken = new Set(Object.keys(document.nodes))
  for (const id of Object.keys(copy.nodes)) {
    const free = freeId(id, (other) => taken.has(other))
    taken.add(free)
    names.set(id, free)
  }
  const shift = shiftOf(Object.values(copy.layout), at)
  const edits: Edit[] = []
  for (const [id, node] of Object.entries(copy.nodes)) {
    const place = ownValue(copy.layout, id)
    const moved: Position | undefined = place && [place[0] + shift[0], place[1] + shift[1]]
    edits.push({ kind: 'add-node', id: names.get(id)!, node, ...(moved && { at: moved }) })
  }
  const outside = keepInputs
    ? document.edges.filter((edge) => {
        const { from, to } = parseEdge(edge)
        return names.has(to.node) && !names.has(from.node)
      })
    : []
  for (const edge of [...outside, ...copy.edges]) {
    const { from, to } = parseEdge(edge)
    const renamed = formatEdge({
      from: { ...from, node: names.get(from.node) ?? from.node },
      to: { ...to, node: names.get(to.node)! },
    })
    edits.push({ kind: 'add-edge', edge: renamed })
  }
  return { ids: [...names.values()], edits }
}

function readCopy(text: string): z.infer<typeof copySchema> | null {
  try {
    const copy = copySchema.safeParse(JSON.parse(text)).data ?? null
    if (!copy || Object.keys(copy.nodes).length === 0) return null
    const isInside = (edge: string): boolean => {
      const { from, to } = parseEdge(edge)
      return Object.hasOwn(copy.nodes, from.node) && Object.hasOwn(copy.nodes, to.node)
    }
    return { ...copy, edges: [...new Set(copy.edges)].filter(isInside) }
  } catch {
    return null
  }
}

function shiftOf(places: readonly Position[], at: Position | undefined): Position {
  if (!at || places.length === 0) return [40, 40]
  const left = Math.min(...places.map(([x]) => x))
  const top = Math.min(...places.map(([, y]) => y))
  return [at[0] - left, at[1] - top]
}

import { applyEdits } from '../core/apply-edit.ts'
import type { Edit } from '../core/edits.ts'
import { PipewrightError } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import { ownValue } from '../core/own-value.ts'
import { formatEdge, parseEdge, type Position } from '../core/pipeline.ts'
import { fixInFile } from './fix-in-file.ts'
import { tableOn, type Flow } from './flow.ts'
import { nameOf } from './inspection.ts'
import { outputShapes } from './node-shapes.ts'
import type { Wire } from './resolve-disabled.ts'
import { rewire } from './rewire.ts'

/**
 * The fix that takes a split from where it stands and puts it in front of an earlier node; none where the split could
 * not work there, for instance since it goes by a column that is made in between.
 */
export function moveSplit(flow: Flow, move: { splitter: string; entry: Wire }): Finding['fix'] | undefined {
  const { document } = flow.inspection
  const { splitter, entry } = move
  const way = wayBetween(flow, { from: entry.to.node, to: splitter })
  const last = way?.at(-1)
  const output = splitOutput(splitter, flow)
  if (!way || !last || output === undefined || !worksOn(entry, { last, flow })) return undefined
  const given = { node: splitter, port: output }
  const following = document.edges.filter((edge) => {
    const { from } = parseEdge(edge)
    return from.node === splitter && from.port === output
  })
  const before = parseEdge(last.edge).from
  const edits: Edit[] = [
    ...rewire(document, [
      [last.edge, formatEdge({ from: parseEdge(entry.edge).from, to: last.to })],
      [entry.edge, formatEdge({ from: given, to: entry.to })],
      ...following.map((edge) => [edge, formatEdge({ from: before, to: parseEdge(edge).to })] as const),
    ]),
    ...changePlaces([...way.map(({ from }) => from.node), splitter], document.layout),
  ]
  if (!applies(flow, edits)) return undefined
  const names = [splitter, entry.to.node].map((id) => `“${nameOf(document.nodes[id]!, id)}”`)
  return { title: `Move ${names.join(' before ')}`, edits }
}

/** The shortest way that rows take, as the edges along it. */
function wayBetween({ tableWires }: Flow, { from, to }: { from: string; to: string }): Wire[] | undefined {
  const outgoing = Map.groupBy(tableWires, (wire) => wire.from.node)
  const cameBy = new Map<string, Wire>()
  const waiting = [from]
  for (let next = 0; next < waiting.length && !cameBy.has(to); next++) {
    for (const wire of outgoing.get(waiting[next]!) ?? []) {
      if (wire.to.node === from || cameBy.has(wire.to.node)) continue
      cameBy.set(wire.to.node, wire)
      waiting.push(wire.to.node)
    }
  }
  const way: Wire[] = []
  for (let wire = cameBy.get(to); wire; wire = cameBy.get(wire.from.node)) way.unshift(wire)
  return way.length > 0 ? way : undefined
}

function splitOutput(splitter: string, { propagation }: Flow): string | undefined {
  const shapes = propagation.shapes.get(splitter) ?? {}
  return Object.keys(shapes).find((port) => {
    const shape = shapes[port]!
    return shape.kind === 'table' && shape.split !== null
  })
}

/** Whether the split finds in an earlier table what it needs. */
function worksOn(entry: Wire, { last, flow }: { last: Wire; flow: Flow }): boolean {
  const { inspection, params } = flow
  const id = last.to.node
  const typed = inspection.nodes.get(id)!
  const table = tableOn(entry, flow)
  if (!table || tableOn(last, flow)?.split !== null) return false
  const feed = { typed, params: params.get(id), inputs: { [last.to.port]: table }, wires: [], probed: null }
  const { findings } = outputShapes(feed, inspection)
  return findings.every(({ severity }) => severity !== 'error')
}

/** The last node takes the place of the first, and each of the others that of the next. */
function changePlaces(nodes: readonly string[], layout: Readonly<Record<string, Position>>): Edit[] {
  const places = nodes.map((id) => ownValue(layout, id))
  if (places.some((place) => place === undefined)) return []
  const positions = nodes.map((id, index) => [id, places[(index + 1) % nodes.length]!])
  return [{ kind: 'move-nodes', positions: Object.fromEntries(positions) as Record<string, Position> }]
}

/** A fix that would not fit the file is none. */
function applies({ inspection }: Flow, edits: readonly Edit[]): boolean {
  const { expanded } = inspection
  const inFile = fixInFile({ title: '', edits }, expanded)
  if (!inFile) return false
  try {
    applyEdits(expanded.top.pipeline, inFile.edits)
    return true
  } catch (thrown) {
    if (thrown instanceof PipewrightError) return false
    throw thrown
  }
}

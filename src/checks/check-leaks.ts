import type { Finding } from '../core/finding.ts'
import { learnsFrom } from '../node-kit/define-node.ts'
import { finding } from './findings.ts'
import { againstFlow, alongFlow, tableOn, type Flow } from './flow.ts'
import { nameOf, type TypedNode } from './inspection.ts'
import { insertSplit } from './insert-split.ts'
import { moveSplit } from './move-split.ts'
import type { Wire } from './resolve-disabled.ts'
import { shapesAfterSplit } from './shapes-after-split.ts'

/** A node that learns from, or computes over, a table that no split has marked yet. */
interface Learning {
  typed: TypedNode
  /** The input with that table. */
  entry: Wire
  rows: 'train-rows' | 'all-rows'
  /** The split that comes later, if there is one. */
  splitter: string | undefined
  /** The entry of the first of all that lead here, or of this one: a split there may serve all. */
  firstEntry: Wire
  /** No other that learns leads here. */
  isFirstToLearn: boolean
}

/** What learns, or computes over all rows, where a split should stand before it. */
export function leakFindings(flow: Flow): Finding[] {
  const placeOf = splitPlaces(flow)
  const moveTo = splitMoves(flow)
  const insertAt = insertSplit(flow)
  return learningsOf(flow).flatMap((learning) => {
    const { typed, entry, rows, splitter, isFirstToLearn } = learning
    const at = { node: typed.id, port: entry.to.port }
    const node = nameOf(typed.node, typed.id)
    if (splitter !== undefined) {
      const code = rows === 'train-rows' ? 'fitting-before-split' : 'values-over-all-rows-before-split'
      const split = nameOf(flow.inspection.document.nodes[splitter]!, splitter)
      return [finding(code, { node, split }, { at, fix: moveTo(splitter, placeOf(learning)) })]
    }
    if (rows === 'all-rows' || !isFirstToLearn) return []
    return [finding('not-split', { node }, { at, fix: insertAt(placeOf(learning)) })]
  })
}

/** Where a split is missing before what learns. */
export function missingSplits(flow: Flow): Wire[] {
  const placeOf = splitPlaces(flow)
  return learningsOf(flow)
    .filter(({ rows, splitter, isFirstToLearn }) => rows === 'train-rows' && !splitter && isFirstToLearn)
    .map(placeOf)
}

/** Where a split serves a node: before the first that learns on the way to it, so that one serves all, else before it. */
function splitPlaces(flow: Flow): (learning: Learning) => Wire {
  const shapesBehind = remembered((put: Wire) => shapesAfterSplit(flow, put))
  return ({ entry, firstEntry }) => {
    if (firstEntry === entry) return entry
    const shape = shapesBehind(firstEntry).get(entry.from.node)?.[entry.from.port]
    return shape?.kind === 'table' && shape.split !== null ? firstEntry : entry
  }
}

function splitMoves(flow: Flow): (splitter: string, entry: Wire) => Finding['fix'] | undefined {
  const movesOf = remembered((splitter: string) =>
    remembered((entry: Wire) => moveSplit(flow, { splitter, entry })),
  )
  return (splitter, entry) => movesOf(splitter)(entry)
}

function remembered<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key))
    return known.get(key)!
  }
}

function learningsOf(flow: Flow): Learning[] {
  const unsplitInput = unsplitInputs(flow)
  const splitterFrom = splittersBehind(flow, unsplitInput)
  const learnings: Learning[] = []
  alongFlow<{ firstEntry: Wire | undefined; learns: boolean }>(flow, (id, before) => {
    const earlier = before.map((answer) => answer.firstEntry).find((wire) => wire !== undefined)
    const learns = before.some((answer) => answer.learns)
    const entry = unsplitInput.get(id)
    const rows = rowsOf(id, flow)
    if (!entry || rows === 'nothing') return { firstEntry: earlier, learns }
    const typed = flow.inspection.nodes.get(id)!
    const firstEntry = earlier ?? entry
    const isFirstToLearn = rows === 'train-rows' && !learns
    learnings.push({ typed, entry, rows, splitter: splitterFrom.get(id), firstEntry, isFirstToLearn })
    return { firstEntry, learns: learns || rows === 'train-rows' }
  })
  return learnings
}

/** Nothing where it is not certain. */
function rowsOf(id: string, { inspection, params, propagation }: Flow) {
  const typed = inspection.nodes.get(id)
  if (!typed || !params.has(id) || propagation.guessed.has(id)) return 'nothing'
  return learnsFrom(typed.definition, params.get(id))
}

/** For each node, the first of its inputs whose table is not split. */
function unsplitInputs(flow: Flow): ReadonlyMap<string, Wire> {
  const inputs = new Map<string, Wire>()
  for (const wire of flow.tableWires) {
    if (!inputs.has(wire.to.node) && tableOn(wire, flow)?.split === null) inputs.set(wire.to.node, wire)
  }
  return inputs
}

/** For each node, the node at or behind it that splits; of several, one that is nearest. */
function splittersBehind(
  flow: Flow,
  unsplitInput: ReadonlyMap<string, Wire>,
): ReadonlyMap<string, string | undefined> {
  // What is fed a split table, as a join may be on one side, passes a split on rather than making one.
  const isFedSplit = new Set(
    flow.tableWires.filter((wire) => tableOn(wire, flow)?.split !== null).map(({ to }) => to.node),
  )
  return againstFlow<string | undefined>(flow, (id, behind) => {
    const givesSplit = Object.values(flow.propagation.shapes.get(id) ?? {}).some(
      (shape) => shape.kind === 'table' && shape.split !== null,
    )
    if (givesSplit && unsplitInput.has(id) && !isFedSplit.has(id)) return id
    return behind.find((splitter) => splitter !== undefined)
  })
}

import type { Shape } from '../core/columns.ts'
import type { ErrorReport } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import { parseEdge, type Connection } from '../core/pipeline.ts'
import type { NodeFinding, Shapes } from '../node-kit/propagation.ts'
import { columnFix } from './column-fix.ts'
import { finding } from './findings.ts'
import { freeNodeId } from './free-node-id.ts'
import { nameOf, type Inspection, type TypedNode } from './inspection.ts'
import { inputsOf, outputsOf, unknownShape } from './ports.ts'
import type { Wire } from './resolve-disabled.ts'

export interface Propagation {
  /** Of the outputs of each node whose type is known. */
  shapes: ReadonlyMap<string, Shapes>
  /** Nodes whose shapes are guesses, since something is wrong with them or with a node that feeds them. */
  guessed: ReadonlySet<string>
  findings: Finding[]
}

export interface PropagationRequest {
  inspection: Inspection
  /** Edges that carry what they should. */
  wires: readonly Wire[]
  params: ReadonlyMap<string, unknown>
  probed: ReadonlyMap<string, Shapes | null>
  probeFailures: ReadonlyMap<string, ErrorReport>
}

/** Follows columns, roles and splits from the sources through the graph. */
export function propagateShapes(request: PropagationRequest): Propagation {
  const { inspection } = request
  const incoming = Map.groupBy(request.wires, ({ to }) => to.node)
  const shapes = new Map<string, Shapes>()
  const guessed = new Set<string>()
  const findings: Finding[] = []
  const { order, nodes } = inspection.graph
  // Nodes on cycles come last: they wait for shapes that never come.
  for (const id of new Set([...order, ...nodes])) {
    const typed = inspection.nodes.get(id)
    const wires = incoming.get(id) ?? []
    const inputs = typed && inputShapes(typed, wires, shapes)
    if (!typed || !inputs || !request.params.has(id)) {
      guessed.add(id)
      if (typed) shapes.set(id, unknownShapes(typed))
      continue
    }
    if (wires.some(({ from }) => guessed.has(from.node))) guessed.add(id)
    const outcome = propagateNode({ typed, inputs, wires }, request)
    if (outcome.failed) guessed.add(id)
    shapes.set(id, outcome.shapes)
    findings.push(...outcome.findings)
  }
  return { shapes, guessed, findings }
}

type InputShapes = Readonly<Record<string, Shape | readonly Shape[] | undefined>>

/** Null where an input that is needed has nothing connected. */
function inputShapes(
  { definition }: TypedNode,
  wires: readonly Wire[],
  shapes: ReadonlyMap<string, Shapes>,
): InputShapes | null {
  const inputs: Record<string, Shape | readonly Shape[] | undefined> = {}
  for (const [port, { type, many, optional }] of Object.entries(inputsOf(definition))) {
    const given = wires
      .filter(({ to }) => to.port === port)
      .map(({ from }) => shapes.get(from.node)?.[from.port] ?? unknownShape(type))
    if (given.length === 0 && !optional) return null
    inputs[port] = many ? given : given[0]
  }
  return inputs
}

function unknownShapes({ definition }: TypedNode): Shapes {
  const outputs = Object.entries(outputsOf(definition))
  return Object.fromEntries(outputs.map(([port, { type }]) => [port, unknownShape(type)]))
}

function propagateNode(
  { typed, inputs, wires }: { typed: TypedNode; inputs: InputShapes; wires: readonly Wire[] },
  request: PropagationRequest,
): { shapes: Shapes; findings: Finding[]; failed: boolean } {
  const { id, node, definition } = typed
  const { inspection, params, probed } = request
  const unreadable = sourceFinding(typed, request)
  try {
    const outcome = definition.propagate({
      inputs,
      params: params.get(id),
      node: id,
      feeds: feedsOf(wires),
      freeNodeId: (wish) => freeNodeId(inspection.document, wish),
      probed: probed.get(id) ?? null,
    })
    const found = (outcome.findings ?? [])
      // Where a split belongs shows in the whole graph alone.
      .filter(({ code }) => code !== 'not-split')
      .map((problem) => placed(problem, { typed, inputs, inspection }))
    return {
      shapes: { ...unknownShapes(typed), ...(outcome.outputs as Shapes) },
      findings: [...unreadable, ...found],
      failed: false,
    }
  } catch (thrown) {
    const problem = thrown instanceof Error ? thrown.message : String(thrown)
    const values = { node: nameOf(node, id), problem, type: definition.id }
    const defect = finding('node-defect', values, { at: { node: id } })
    return { shapes: unknownShapes(typed), findings: [...unreadable, defect], failed: true }
  }
}

/** By the edges of the document, since fixes must name those. */
function feedsOf(wires: readonly Wire[]): Record<string, Connection['from'][]> {
  const feeds: Record<string, Connection['from'][]> = {}
  for (const { edge, to } of wires) (feeds[to.port] ??= []).push(parseEdge(edge).from)
  return feeds
}

function placed(
  { param, port, fix, ...problem }: NodeFinding,
  context: { typed: TypedNode; inputs: InputShapes; inspection: Inspection },
): Finding {
  const { typed, inputs, inspection } = context
  const given =
    fix ?? columnFix({ ...problem, param }, { typed, tables: Object.values(inputs).flat(), inspection })
  return {
    ...problem,
    at: { node: typed.id, ...(port !== undefined && { port }), ...(param !== undefined && { param }) },
    ...(given && { fix: given }),
  }
}

/** A source that was looked at and could not be read: certain to fail when the user must act, else it may yet work. */
function sourceFinding({ id, node }: TypedNode, { probed, probeFailures }: PropagationRequest): Finding[] {
  const failure = probeFailures.get(id)
  if (!failure && probed.get(id) !== null) return []
  const plain = finding('unreadable-source', { node: nameOf(node, id) }, { at: { node: id } })
  if (!failure) return [plain]
  const { kind, message, remedy, at } = failure
  return [
    { ...plain, severity: kind === 'user' ? 'error' : 'warning', message, remedy, at: { ...at, node: id } },
  ]
}

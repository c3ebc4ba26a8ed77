import type { ErrorReport } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import type { NodeFinding, Shapes } from '../node-kit/propagation.ts'
import { columnFix } from './column-fix.ts'
import { finding } from './findings.ts'
import { nameOf, type Inspection, type TypedNode } from './inspection.ts'
import { inputShapes, outputShapes, unknownShapes, type NodeFeed } from './node-shapes.ts'
import type { Wire } from './resolve-disabled.ts'
import { isFailureTolerated } from './tolerated-failures.ts'

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
  const { inspection, params, probed } = request
  const incoming = Map.groupBy(request.wires, ({ to }) => to.node)
  const shapes = new Map<string, Shapes>()
  const guessed = new Set<string>()
  const findings: Finding[] = []
  const { order, nodes } = inspection.graph
  // Nodes on cycles come last: they wait for shapes that never come.
  for (const id of new Set([...order, ...nodes])) {
    const typed = inspection.nodes.get(id)
    const wires = incoming.get(id) ?? []
    const inputs = typed && inputShapes(typed, wires, ({ from }) => shapes.get(from.node)?.[from.port])
    if (!typed || !inputs || !params.has(id)) {
      guessed.add(id)
      if (typed) shapes.set(id, unknownShapes(typed))
      continue
    }
    const feed = { typed, params: params.get(id), inputs, wires, probed: probed.get(id) ?? null }
    const outcome = saidBy(feed, inspection)
    shapes.set(id, outcome.shapes)
    if (outcome.failed || wires.some(({ from }) => guessed.has(from.node))) guessed.add(id)
    findings.push(...sourceFinding(typed, request), ...outcome.findings)
  }
  return { shapes, guessed, findings }
}

function saidBy(
  feed: NodeFeed,
  inspection: Inspection,
): { shapes: Shapes; findings: Finding[]; failed: boolean } {
  const { typed } = feed
  try {
    const { shapes, findings } = outputShapes(feed, inspection)
    // Where a split belongs shows in the whole graph alone.
    const own = findings.filter(({ code }) => code !== 'not-split')
    return { shapes, findings: own.map((problem) => placed(problem, { feed, inspection })), failed: false }
  } catch (thrown) {
    const { id, node, definition } = typed
    const problem = thrown instanceof Error ? thrown.message : String(thrown)
    const values = { node: nameOf(node, id), problem, type: definition.id }
    const defect = finding('node-defect', values, { at: { node: id } })
    return { shapes: unknownShapes(typed), findings: [defect], failed: true }
  }
}

function placed(
  { param, port, fix, ...problem }: NodeFinding,
  { feed, inspection }: { feed: NodeFeed; inspection: Inspection },
): Finding {
  const { typed, inputs } = feed
  const tables = Object.values(inputs).flat()
  const given = fix ?? columnFix({ ...problem, param }, { typed, tables, inspection })
  return {
    ...problem,
    at: { node: typed.id, ...(port !== undefined && { port }), ...(param !== undefined && { param }) },
    ...(given && { fix: given }),
  }
}

/**
 * A source that was looked at and could not be read: certain to fail when the user must act, which is an error unless
 * something goes on without it; else it may yet work.
 */
function sourceFinding({ id, node }: TypedNode, request: PropagationRequest): Finding[] {
  const { probed, probeFailures } = request
  const failure = probeFailures.get(id)
  if (!failure && probed.get(id) !== null) return []
  const plain = finding('unreadable-source', { node: nameOf(node, id) }, { at: { node: id } })
  if (!failure) return [plain]
  const { kind, message, remedy, at } = failure
  const isFatal = kind === 'user' && !isFailureTolerated(id, request)
  return [{ ...plain, severity: isFatal ? 'error' : 'warning', message, remedy, at: { ...at, node: id } }]
}

import type { Edit } from '../core/edits.ts'
import type { ExpandedPipeline } from '../core/expand-pipeline.ts'
import { declaredInput, levelOf } from '../core/expansion-level.ts'
import type { Finding } from '../core/finding.ts'
import { didYouMean, nearestName } from '../core/nearest-name.ts'
import { ownValue } from '../core/own-value.ts'
import { formatEdge, parseEdge, type Connection, type Pipeline, type Port } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import { finding } from './findings.ts'
import { nameOf, type Checked, type Inspection } from './inspection.ts'
import { inputsOf, namesOfType, outputsOf } from './ports.ts'
import { rewire } from './rewire.ts'
import type { Wire } from './resolve-disabled.ts'

/** Finds edges that cannot carry what they should, and gives those that can. */
export function checkWiring(inspection: Inspection): Checked<Wire[]> {
  const { document, live, definitions } = inspection
  const isGone = (id: string) => Object.hasOwn(document.nodes, id) && !Object.hasOwn(live.pipeline.nodes, id)
  const edges = new Map(document.edges.map((edge) => [edge, parseEdge(edge)]))
  const uses = Map.groupBy(edges.values(), ({ to }) => endName(to))
  const nearestNode = nodeGuesser(Object.keys(document.nodes))
  const bad = new Map<string, Finding>()
  for (const [edge, connection] of edges) {
    if (isGone(connection.to.node)) continue
    const problem = edgeProblem({ edge, connection, document, definitions, edges, uses, nearestNode })
    if (problem) bad.set(edge, problem)
  }
  const fitting = live.wires.filter((wire) => !bad.has(wire.edge))
  const { result, findings } = oneEachPort(fitting, inspection)
  return { result, findings: [...bad.values(), ...findings, ...missingInputs(inspection, edges.values())] }
}

interface EdgeInspection {
  edge: string
  connection: Connection
  document: Pipeline
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  /** All edges of the document, taken apart. */
  edges: ReadonlyMap<string, Connection>
  /** What is connected to each input. */
  uses: ReadonlyMap<string, readonly Connection[]>
  /** The node that was probably meant by a name. */
  nearestNode: (name: string) => string | undefined
}

/** Where very many nodes are missing, nobody has misspelt them all, and guessing would take minutes. */
const mostGuesses = 200

function nodeGuesser(ids: readonly string[]): EdgeInspection['nearestNode'] {
  const guesses = new Map<string, string | undefined>()
  return (name) => {
    if (!guesses.has(name) && guesses.size < mostGuesses) guesses.set(name, nearestName(name, ids))
    return guesses.get(name)
  }
}

function edgeProblem(inspection: EdgeInspection): Finding | undefined {
  const { document, connection, definitions } = inspection
  const from = ownValue(document.nodes, connection.from.node)
  const to = ownValue(document.nodes, connection.to.node)
  if (!from || !to) return missingNode(inspection, from ? 'to' : 'from')
  const source = definitions.get(from.type)
  const target = definitions.get(to.type)
  const output = source && ownValue(outputsOf(source), connection.from.port)
  const input = target && ownValue(inputsOf(target), connection.to.port)
  if (source && !output) return missingPort(inspection, 'from')
  if (target && !input) return missingPort(inspection, 'to')
  if (!output || !input || output.type === input.type) return undefined
  const fix = otherConnection(inspection, freeConnections(inspection))
  return finding(
    'mistyped-port',
    {
      output: endName(connection.from),
      gives: output.type,
      input: endName(connection.to),
      takes: input.type,
      remedy: fix.remedy ?? `Connect an output that gives a ${input.type}.`,
    },
    { at: connection.to, edge: inspection.edge, fix: fix.fix },
  )
}

function missingNode(inspection: EdgeInspection, end: 'from' | 'to'): Finding {
  const { edge, connection, document, edges } = inspection
  const { node } = connection[end]
  const other = connection[end === 'from' ? 'to' : 'from']
  const near = inspection.nearestNode(node)
  const meant =
    near === undefined ? undefined : formatEdge({ ...connection, [end]: { ...connection[end], node: near } })
  return finding(
    'missing-node',
    {
      edge,
      node,
      remedy: near === undefined ? 'Remove the edge, or add the node.' : `Did you mean “${near}”?`,
    },
    {
      ...(ownValue(document.nodes, other.node) && { at: other }),
      edge,
      fix:
        meant === undefined || edges.has(meant) || !ownValue(document.nodes, other.node)
          ? removal(edge)
          : { title: `Connect “${near}”`, edits: rewire(document, [[edge, meant]]) },
    },
  )
}

function missingPort(inspection: EdgeInspection, end: 'from' | 'to'): Finding {
  const { edge, connection, document } = inspection
  const { node, port } = connection[end]
  const candidates = freeConnections(inspection)
  const names = candidates.map((candidate) => candidate[end].port)
  const near = candidates.filter((candidate) => didYouMean(port, [candidate[end].port], '') !== '')
  const { fix, remedy } = otherConnection(inspection, near.length > 0 ? near : candidates)
  const known = names.length > 0 ? `It has ${[...new Set(names)].map((name) => `“${name}”`).join(', ')}.` : ''
  return finding(
    'missing-port',
    {
      node: nameOf(document.nodes[node]!, node),
      direction: end === 'from' ? 'output' : 'input',
      port,
      remedy: didYouMean(port, names, remedy ?? (known || 'Remove the edge.')),
    },
    { at: connection.to, edge, fix },
  )
}

/**
 * Ways to connect the two nodes of an edge that keep the port that is right, else any; inputs that are taken do not
 * count.
 */
function freeConnections({ connection, document, definitions, edges, uses }: EdgeInspection): Connection[] {
  const source = definitions.get(document.nodes[connection.from.node]!.type)
  const target = definitions.get(document.nodes[connection.to.node]!.type)
  if (!source || !target) return []
  const inputs = inputsOf(target)
  const isFree = ({ to }: Connection) =>
    inputs[to.port]!.many || (uses.get(endName(to)) ?? []).every((other) => other === connection)
  const pairs = Object.entries(outputsOf(source)).flatMap(([output, { type }]) =>
    namesOfType(inputs, type).map((input) => ({
      from: { node: connection.from.node, port: output },
      to: { node: connection.to.node, port: input },
    })),
  )
  const free = pairs.filter((pair) => isFree(pair) && !edges.has(formatEdge(pair)))
  const keeping = free.filter(
    ({ from, to }) => from.port === connection.from.port || to.port === connection.to.port,
  )
  return keeping.length > 0 ? keeping : free
}

/** The fix that rewires an edge where one way is left, else the one that removes it. */
function otherConnection(
  { edge, document }: EdgeInspection,
  candidates: readonly Connection[],
): { fix: NonNullable<Finding['fix']>; remedy?: string } {
  const [only, ...others] = candidates
  if (!only || others.length > 0) return { fix: removal(edge) }
  const way = `“${endName(only.from)}” to “${endName(only.to)}”`
  return {
    fix: { title: `Connect ${way}`, edits: rewire(document, [[edge, formatEdge(only)]]) },
    remedy: `Connect ${way}.`,
  }
}

const removal = (...edges: string[]): NonNullable<Finding['fix']> => ({
  title: `Remove ${edges.map((edge) => `“${edge}”`).join(' and ')}`,
  edits: edges.map((edge): Edit => ({ kind: 'remove-edge', edge })),
})

/** Of several edges into a port that takes one, the first counts. */
function oneEachPort(wires: readonly Wire[], { nodes }: Inspection): Checked<Wire[]> {
  const findings: Finding[] = []
  const spare = new Set<Wire>()
  for (const [port, [first, ...others]] of Map.groupBy(wires, ({ to }) => endName(to))) {
    const typed = nodes.get(first!.to.node)
    if (others.length === 0 || !typed || ownValue(inputsOf(typed.definition), first!.to.port)?.many) continue
    for (const wire of others) spare.add(wire)
    const fix = { ...removal(...others.map(({ edge }) => edge)), title: `Keep only “${first!.edge}”` }
    findings.push(
      finding(
        'crowded-port',
        { count: others.length + 1, port },
        { at: first!.to, edge: others[0]!.edge, fix },
      ),
    )
  }
  return { result: wires.filter((wire) => !spare.has(wire)), findings }
}

/** Inputs that nothing is connected to; what is connected badly has been told of. */
function missingInputs({ nodes, expanded }: Inspection, connections: Iterable<Connection>): Finding[] {
  const ends = new Set<string>()
  const badlyWired = new Set<string>()
  for (const { to } of connections) {
    ends.add(endName(to))
    const typed = nodes.get(to.node)
    if (typed && !ownValue(inputsOf(typed.definition), to.port)) badlyWired.add(to.node)
  }
  return [...nodes.values()].flatMap(({ id, node, definition }) => {
    if (badlyWired.has(id)) return []
    return Object.entries(inputsOf(definition)).flatMap(([port, { type, optional }]) => {
      if (optional || ends.has(endName({ node: id, port }))) return []
      return [
        missingOutside(expanded, { node: id, port, type }) ??
          finding('missing-input', { node: nameOf(node, id), type, port }, { at: { node: id, port } }),
      ]
    })
  })
}

/** Nothing arrives at an inner port that is fed from outside: told where something could be connected. */
function missingOutside(
  { top }: ExpandedPipeline,
  { node, port, type }: Port & { type: string },
): Finding | undefined {
  const { level, id } = levelOf(top, node)
  const declared = declaredInput(level, { node: id, port })
  if (!declared) return undefined
  const { outer } = declared.level
  if (!outer) return finding('open-input', { node, type, port, input: declared.port }, { at: { node, port } })
  const at = { node: `${outer.level.prefix}${outer.node}`, port: declared.port }
  const name = nameOf(outer.level.pipeline.nodes[outer.node]!, at.node)
  return finding('missing-input', { node: name, type, port: declared.port }, { at })
}

const endName = ({ node, port }: Connection['from']): string => `${node}.${port}`

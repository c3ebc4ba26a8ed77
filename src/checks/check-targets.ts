import type { z } from 'zod'
import type { Column, TableShape } from '../core/columns.ts'
import type { Finding } from '../core/finding.ts'
import { parseEdge } from '../core/pipeline.ts'
import { learnsFrom } from '../node-kit/define-node.ts'
import { insertBefore } from '../node-kit/insert-before.ts'
import { finding } from './findings.ts'
import { alongFlow, tableOn, type Flow } from './flow.ts'
import { freeNodeId } from './free-node-id.ts'
import { nameOf } from './inspection.ts'
import { namesOfType, outputsOf } from './ports.ts'
import type { Wire } from './resolve-disabled.ts'

/** Features that a learner would see although they look like its target, or were the target further up. */
export function targetFindings(flow: Flow): Finding[] {
  const targets = targetsUpstream(flow)
  return flow.tableWires.flatMap((wire) => {
    const table = tableOn(wire, flow)
    if (!table || !isLearner(wire.to.node, flow)) return []
    const upstream = targets.get(wire.from.node) ?? noTargets
    return table.columns.flatMap((column) => {
      const reason = column.role === 'feature' ? reasonToDoubt(column, { table, upstream }) : undefined
      return reason === undefined ? [] : [doubt(column, { reason, wire, flow })]
    })
  })
}

function isLearner(id: string, { inspection, params }: Flow): boolean {
  const typed = inspection.nodes.get(id)
  if (!typed || !params.has(id)) return false
  const { definition } = typed
  return (
    learnsFrom(definition, params.get(id)) === 'train-rows' &&
    namesOfType(outputsOf(definition), 'model').length > 0
  )
}

const noTargets: ReadonlySet<string> = new Set()

/** For each node, the columns that are the target of a table it gives, or of one further up. */
function targetsUpstream(flow: Flow): ReadonlyMap<string, ReadonlySet<string>> {
  return alongFlow<ReadonlySet<string>>(flow, (id, before) => {
    const own = Object.values(flow.propagation.shapes.get(id) ?? {}).flatMap((shape) =>
      shape.kind === 'table'
        ? shape.columns.filter(({ role }) => role === 'target').map(({ name }) => name)
        : [],
    )
    const names = new Set(own)
    for (const set of before) for (const name of set) names.add(name)
    return names
  })
}

function reasonToDoubt(
  { name }: Column,
  { table, upstream }: { table: TableShape; upstream: ReadonlySet<string> },
): string | undefined {
  if (upstream.has(name)) return 'it is the target further up'
  const target = table.columns.find(({ role }) => role === 'target')
  if (target && plain(name) === plain(target.name))
    return `it is called almost like the target “${target.name}”`
  return undefined
}

/** A name without what spelling varies in: case, spaces, punctuation. */
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

function doubt({ name }: Column, context: { reason: string; wire: Wire; flow: Flow }): Finding {
  const { reason, wire, flow } = context
  const { node, port } = wire.to
  const { document } = flow.inspection
  return finding(
    'target-as-feature',
    { column: name, node: nameOf(document.nodes[node]!, node), reason },
    { at: { node, port }, fix: ignoring(name, { wire, flow }) },
  )
}

function ignoring(name: string, { wire, flow }: { wire: Wire; flow: Flow }): Finding['fix'] | undefined {
  const { document, definitions } = flow.inspection
  const definition = definitions.get('features.set-roles')
  const params = { ignore: [name] }
  if (!definition || !(definition.params as z.ZodType).safeParse(params).success) return undefined
  const { node, port } = wire.to
  const feeds = { [port]: [parseEdge(wire.edge).from] }
  return insertBefore({ node, feeds, freeNodeId: (wish) => freeNodeId(document, wish) }, port, {
    title: `Ignore “${name}”`,
    id: 'roles',
    node: { type: definition.id, version: definition.version, params },
  })
}

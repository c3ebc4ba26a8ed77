import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { graphOf } from '../../../src/core/graph.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'

/** Nodes whose result could differ from that of the document that ran: changed ones, and all behind them. */
export function staleNodes(ran: Pipeline, now: Pipeline): ReadonlySet<string> {
  const stale = new Set<string>()
  if (ran === now) return stale
  const settingsDiffer = ran.seed !== now.seed || !isSame(ran.parameters, now.parameters)
  const before = ran.edges === now.edges ? null : graphOf(ran)
  const graph = graphOf(now)
  for (const id of graph.order) {
    const fedByStale = graph.into(id).some(({ from }) => stale.has(from.node))
    if (settingsDiffer || fedByStale || differs(id, ran, now)) stale.add(id)
    else if (before && !isSame(feedsOf(before.into(id)), feedsOf(graph.into(id)))) stale.add(id)
  }
  return stale
}

function differs(id: string, ran: Pipeline, now: Pipeline): boolean {
  const before = ran.nodes[id]
  const after = now.nodes[id]!
  if (before === after) return false
  if (!before) return true
  const essence = ({ type, version, params, disabled = false }: typeof after): unknown => ({
    type,
    version,
    params,
    disabled,
  })
  return !isSame(essence(before), essence(after))
}

type Feeds = ReturnType<ReturnType<typeof graphOf>['into']>
const feedsOf = (connections: Feeds): unknown =>
  connections.map(({ from, to }) => [from.node, from.port, to.port])

const isSame = (a: unknown, b: unknown): boolean => a === b || canonicalJson(a) === canonicalJson(b)

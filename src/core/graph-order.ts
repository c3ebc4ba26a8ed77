/** The nodes that arrows lead to from a node; one that several arrows lead to stands there several times. */
export type Arrows = (node: string) => readonly string[]

/** Kahn’s algorithm; of the nodes that are ready, the first of the given order comes next. */
export function topologicalOrder(graph: {
  nodes: readonly string[]
  upward: Arrows
  downward: Arrows
}): string[] {
  const { nodes, upward, downward } = graph
  const index = new Map(nodes.map((node, at) => [node, at]))
  const missing = nodes.map((node) => upward(node).length)
  const order: string[] = []
  const ready = new SortedNumbers()
  for (const [at, count] of missing.entries()) if (count === 0) ready.add(at)
  for (let at = ready.takeLeast(); at !== undefined; at = ready.takeLeast()) {
    const node = nodes[at]!
    order.push(node)
    for (const next of downward(node)) {
      const nextAt = index.get(next)!
      missing[nextAt]!--
      if (missing[nextAt] === 0) ready.add(nextAt)
    }
  }
  return order
}

/** The least number is at the end, where it is cheap to take. */
class SortedNumbers {
  readonly #descending: number[] = []

  add(value: number): void {
    let low = 0
    let high = this.#descending.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#descending[middle]! > value) low = middle + 1
      else high = middle
    }
    this.#descending.splice(low, 0, value)
  }

  takeLeast(): number | undefined {
    return this.#descending.pop()
  }
}

/**
 * Ways round, each given from its first node in the given order back to that node. Every node that is on a cycle is
 * on one of them. `nodes` are those that no topological order has: on a cycle, or behind one.
 */
export function findCycles(graph: {
  nodes: readonly string[]
  upward: Arrows
  downward: Arrows
}): string[][] {
  const within = new Set(graph.nodes)
  const upward: Arrows = (node) => graph.upward(node).filter((before) => within.has(before))
  const { downward } = graph
  // What leads to no cycle need not be looked at: a whole pipeline may stand behind one.
  const harmless = new Set(topologicalOrder({ nodes: graph.nodes, upward: downward, downward: upward }))
  const covered = new Set<string>()
  const cycles: string[][] = []
  for (const node of graph.nodes) {
    if (covered.has(node) || harmless.has(node)) continue
    const cycle = shortestWayBack(node, downward)
    if (!cycle) continue
    for (const member of cycle) covered.add(member)
    cycles.push(cycle)
  }
  return cycles
}

/** Breadth first. */
function shortestWayBack(start: string, arrows: Arrows): string[] | null {
  const cameFrom = new Map<string, string>()
  const waiting = [start]
  for (let next = 0; next < waiting.length; next++) {
    const node = waiting[next]!
    for (const target of arrows(node)) {
      if (target === start) return wayTo(node, { start, cameFrom }).concat(start)
      if (cameFrom.has(target)) continue
      cameFrom.set(target, node)
      waiting.push(target)
    }
  }
  return null
}

function wayTo(end: string, { start, cameFrom }: { start: string; cameFrom: ReadonlyMap<string, string> }) {
  const way = [end]
  for (let node = end; node !== start;) {
    node = cameFrom.get(node)!
    way.push(node)
  }
  return way.toReversed()
}

const columns = 40
const pitch = [312, 120] as const

export interface Drawing {
  nodes: readonly { id: string; at: readonly [number, number] }[]
  edges: readonly { source: string; target: string }[]
}

/** A grid of nodes, each row of it a chain. */
export function drawingOf(count: number): Drawing {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `step-${index}`,
    at: [(index % columns) * pitch[0], Math.floor(index / columns) * pitch[1]] as const,
  }))
  const edges = nodes.flatMap(({ id }, index) =>
    index % columns === 0 ? [] : [{ source: `step-${index - 1}`, target: id }],
  )
  return { nodes, edges }
}

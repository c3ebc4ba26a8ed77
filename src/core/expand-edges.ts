import type { PipewrightError } from './errors.ts'
import { sourceOf, targetsOf, type Level } from './expansion-level.ts'
import { didYouMean } from './nearest-name.ts'
import { pipelineError } from './pipeline-errors.ts'
import { formatEdge, parseEdge, type Connection, type Pipeline } from './pipeline.ts'

/** An edge as it is written at some level. */
export interface EdgeOrigin {
  level: Level
  edge: string
  /** How many edges it became. */
  count: number
}

/**
 * The edges between the nodes of all levels. What comes from outside stands before what comes from inside; where a
 * sub-pipeline could not be put in place, edges still speak of the node that stands for it. A pipeline without any has
 * the edges that it has, and nothing is told of where they come from.
 */
export function expandEdges(top: Level): {
  edges: string[]
  origins: Map<string, EdgeOrigin>
  problems: PipewrightError[]
} {
  const origins = new Map<string, EdgeOrigin>()
  const problems: PipewrightError[] = []
  if (top.inner.size === 0) return { edges: top.pipeline.edges, origins, problems }
  const visit = (level: Level): void => {
    for (const edge of level.pipeline.edges) {
      const { from, to } = parseEdge(edge)
      problems.push(...missingPorts(level, { from, to }))
      const source = sourceOf(level, from)
      const targets = source ? targetsOf(level, to) : []
      for (const target of targets) {
        const flat = formatEdge({ from: source!, to: target })
        if (!origins.has(flat)) origins.set(flat, { level, edge, count: targets.length })
      }
    }
    for (const inner of level.inner.values()) visit(inner)
  }
  visit(top)
  return { edges: [...origins.keys()], origins, problems }
}

function missingPorts(level: Level, { from, to }: Connection): PipewrightError[] {
  const ends = [
    { direction: 'output', end: from, declared: (pipeline: Pipeline) => pipeline.outputs },
    { direction: 'input', end: to, declared: (pipeline: Pipeline) => pipeline.inputs },
  ] as const
  return ends.flatMap(({ direction, end: { node, port }, declared }) => {
    const inner = level.inner.get(node)
    const ports = Object.keys((inner && declared(inner.pipeline)) ?? {})
    if (!inner || ports.includes(port)) return []
    const otherwise = ports.length > 0 ? `It has ${quoted(ports)}.` : `It has no ${direction}s.`
    const { subpipeline } = inner.outer!
    const values = { subpipeline, direction, port, remedy: didYouMean(port, ports, otherwise) }
    return [pipelineError('no-outer-port', values, { at: { node: `${level.prefix}${node}`, port } })]
  })
}

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')

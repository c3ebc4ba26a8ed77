import { sectionAs, touches } from './edit-sections.ts'
import type { Edit, EditOf, Edited } from './edits.ts'
import { didYouMean } from './nearest-name.ts'
import { pipelineError } from './pipeline-errors.ts'
import { parseEdge, pipelineLimits, type Pipeline } from './pipeline.ts'

export function addEdge(pipeline: Pipeline, { edge, index }: EditOf<'add-edge'>): Edited {
  const { from, to } = parseEdge(edge)
  for (const node of [from.node, to.node]) {
    if (Object.hasOwn(pipeline.nodes, node)) continue
    const remedy = didYouMean(node, Object.keys(pipeline.nodes), 'Add the node first.')
    throw pipelineError('no-node', { node, remedy })
  }
  if (pipeline.edges.includes(edge)) throw pipelineError('edge-exists', { edge })
  const { edges: limit } = pipelineLimits
  if (pipeline.edges.length === limit) throw pipelineError('too-many-edges', { limit })
  const edges = pipeline.edges.toSpliced(index ?? behindSiblings(pipeline.edges, to.node), 0, edge)
  return { pipeline: { ...pipeline, edges }, inverse: [{ kind: 'remove-edge', edge }] }
}

function behindSiblings(edges: readonly string[], target: string): number {
  const last = edges.findLastIndex((edge) => parseEdge(edge).to.node === target)
  return last === -1 ? edges.length : last + 1
}

export function removeEdge(pipeline: Pipeline, { edge }: EditOf<'remove-edge'>): Edited {
  const index = pipeline.edges.indexOf(edge)
  if (index === -1) throw pipelineError('no-edge', { edge })
  const edges = pipeline.edges.toSpliced(index, 1)
  return { pipeline: { ...pipeline, edges }, inverse: edgesBack(pipeline, (other) => other === edge) }
}

/** Edits that put edges back where they were; the whole list where an end of one was not there to begin with. */
function edgesBack(pipeline: Pipeline, isGone: (edge: string) => boolean): Edit[] {
  const gone = [...pipeline.edges.entries()].filter(([, edge]) => isGone(edge))
  const whole = gone.every(([, edge]) => {
    const { from, to } = parseEdge(edge)
    return Object.hasOwn(pipeline.nodes, from.node) && Object.hasOwn(pipeline.nodes, to.node)
  })
  if (!whole) return [sectionAs(pipeline, 'edges')]
  return gone.map(([index, edge]) => ({ kind: 'add-edge', edge, index }))
}

export const edgesOfBack = (pipeline: Pipeline, node: string): Edit[] =>
  edgesBack(pipeline, (edge) => touches(edge, node))

import { expandPipeline } from '../core/expand-pipeline.ts'
import { graphOf } from '../core/graph.ts'
import type { Tracking } from '../storage/open-tracking.ts'
import { loadReferences } from './load-references.ts'
import type { PipelineSource } from './pipeline-source.ts'
import { nodesNamed, requireNode } from './run-steps.ts'

export interface Forgotten {
  /** The nodes that were named and all that follows them, inputs first. */
  nodes: readonly string[]
  /** How many stored results were forgotten. */
  results: number
}

/**
 * Lets nodes and all that depends on them run again. The runs that made the results keep what they show, for as long as
 * garbage collection keeps them. Throws for a node that the pipeline does not have.
 */
export async function forgetResults(
  tracking: Pick<Tracking, 'results' | 'transaction'>,
  { pipeline, path, nodes: names }: PipelineSource & { nodes: readonly string[] },
): Promise<Forgotten> {
  const references = await loadReferences({ pipeline, path })
  const { document } = expandPipeline({ pipeline, given: {}, references })
  const graph = graphOf(document)
  const named = nodesNamed(names, document)
  for (const node of named) requireNode(node, document, document)
  const forgotten = new Set(named)
  for (const node of named) for (const follower of graph.descendants(node)) forgotten.add(follower)
  return {
    nodes: graph.order.filter((node) => forgotten.has(node)),
    results: tracking.transaction(() =>
      [...forgotten].reduce(
        (sum, nodeId) => sum + tracking.results.forget({ pipelineId: pipeline.id, nodeId }),
        0,
      ),
    ),
  }
}

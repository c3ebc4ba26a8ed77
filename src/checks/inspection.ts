import type { ExpandedPipeline } from '../core/expand-pipeline.ts'
import type { Finding } from '../core/finding.ts'
import type { Graph } from '../core/graph.ts'
import type { Pipeline, PipelineNode } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { LivePipeline } from './resolve-disabled.ts'

/** What each part of the check looks at. */
export interface Inspection {
  expanded: ExpandedPipeline
  /** As written, with sub-pipelines in place: what fixes speak of before they are brought back into the file. */
  document: Pipeline
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  live: LivePipeline
  /** Of the live pipeline. */
  graph: Graph
  /** Live nodes whose type and version are known. */
  nodes: ReadonlyMap<string, TypedNode>
}

export interface TypedNode {
  id: string
  /** With parameters filled in, brought up to the type's version. */
  node: PipelineNode
  definition: AnyNodeDefinition
  /** The file holds an older version. */
  isUpgraded: boolean
}

/** What a part of the check gives beside its findings. */
export interface Checked<Result> {
  result: Result
  findings: Finding[]
}

/** What people call a node. */
export const nameOf = (node: PipelineNode, id: string): string => node.title ?? id

import type { NodeDescription } from '../../../src/contract/nodes-contract.ts'
import type { PipelineNode } from '../../../src/core/pipeline.ts'

export type Definitions = Readonly<Record<string, NodeDescription>>

/** What a node is called: its own title, else that of its type. */
export const titleOf = (node: PipelineNode, definitions: Definitions): string =>
  node.title ?? definitions[node.type]?.title ?? node.type

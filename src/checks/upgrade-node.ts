import type { PipelineNode } from '../core/pipeline.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'

/**
 * The node with its parameters as the definition's version has them; null where a step of the way is missing, or does
 * not know what to do with these parameters.
 */
export function upgradeNode(node: PipelineNode, definition: AnyNodeDefinition): PipelineNode | null {
  let params: Record<string, unknown> = node.params
  for (let version = node.version; version < definition.version; version++) {
    const upgrade = definition.upgrades?.[version]
    if (!upgrade) return null
    try {
      params = asJson(upgrade(asJson(params)))
    } catch {
      return null
    }
  }
  return { ...node, version: definition.version, params: params as PipelineNode['params'] }
}

/** A copy, since an upgrade may change what it is given, without the fields that it leaves undefined. */
const asJson = (params: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(params)) as Record<string, unknown>

import type { Edit } from '../core/edits.ts'
import type { Pipeline } from '../core/pipeline.ts'

/** Edits that put edges in the places of others, so that the order at a port with many edges stays. */
export function rewire(
  pipeline: Pipeline,
  replacements: readonly (readonly [old: string, fresh: string])[],
): Edit[] {
  return replacements.flatMap(([old, fresh]): Edit[] => [
    { kind: 'remove-edge', edge: old },
    { kind: 'add-edge', edge: fresh, index: pipeline.edges.indexOf(old) },
  ])
}

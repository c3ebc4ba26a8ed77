import type { Edit } from '../../src/core/edits.ts'
import { ownValue } from '../../src/core/own-value.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { subpipelineNamed } from '../../src/core/subpipeline-use.ts'

/** Ids of the nodes that were entered to come to a sub-pipeline, from the outside in; empty for the file itself. */
export type Scope = readonly string[]

/** The copy of a sub-pipeline that a node stands for; null where it is none, or stands in a file of its own. */
export function innerPipeline(document: Pipeline, node: string): { name: string; pipeline: Pipeline } | null {
  const entered = ownValue(document.nodes, node)
  const name = entered ? subpipelineNamed(entered) : null
  const entry = name === null ? undefined : ownValue(document.subpipelines ?? {}, name)
  return name !== null && entry && 'pipeline' in entry ? { name, pipeline: entry.pipeline } : null
}

/** The pipeline at a scope, and how far of it there is: an edit may take away what was entered. */
export function pipelineAt(document: Pipeline, scope: Scope): { scope: Scope; pipeline: Pipeline } {
  let pipeline = document
  for (const [depth, node] of scope.entries()) {
    const inner = innerPipeline(pipeline, node)
    if (!inner) return { scope: scope.slice(0, depth), pipeline }
    pipeline = inner.pipeline
  }
  return { scope, pipeline }
}

/** Edits of the pipeline at a scope, as edits of the file. */
export function editsFromScope(document: Pipeline, scope: Scope, edits: readonly Edit[]): readonly Edit[] {
  const [node, ...rest] = scope
  const inner = node === undefined ? null : innerPipeline(document, node)
  if (!inner) return edits
  return [
    {
      kind: 'edit-subpipeline',
      subpipeline: inner.name,
      edits: [...editsFromScope(inner.pipeline, rest, edits)],
    },
  ]
}

/** What the ids of steps and findings begin with that are inside a scope. */
export const prefixOf = (scope: Scope): string => scope.map((node) => `${node}/`).join('')

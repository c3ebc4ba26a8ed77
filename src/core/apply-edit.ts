import type { Edit } from './edits.ts'
import type { Pipeline } from './pipeline.ts'

export interface Edited {
  pipeline: Pipeline
  /** Applied in order, these give back the pipeline as it was. */
  inverse: readonly Edit[]
}

/** A changed copy that shares what did not change. Throws a PipewrightError when the edit does not fit. */
export function applyEdit(pipeline: Pipeline, edit: Edit): Edited {
  throw new Error(`not built yet: ${pipeline.id} ${edit.kind}`)
}

/** All edits or none, with the inverse of them together. */
export function applyEdits(pipeline: Pipeline, edits: readonly Edit[]): Edited {
  throw new Error(`not built yet: ${pipeline.id} ${edits.length}`)
}

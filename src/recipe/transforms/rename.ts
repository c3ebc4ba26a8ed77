import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { Transform } from '../transform.ts'

/** Columns under other names, their values as they are. */
export function renameTransform(params: TransformParams<'rename'>): Transform<null> {
  return {
    fit: null,
    emit(graph) {
      for (const [index, name] of params.columns.entries()) {
        const made = params.names[index]!
        if (graph.isWanted(made)) graph.keep(name, made)
      }
    },
  }
}

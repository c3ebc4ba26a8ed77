import type { GraphBuilder } from '../onnx/graph-builder.ts'
import type { ElementType } from '../onnx/tensor.ts'
import { ColumnGraph } from './column-graph.ts'
import { recipeError } from './errors.ts'
import { closureOf, type ColumnVersion, type RecipeTrace } from './trace-recipe.ts'
import { viewOfStep } from './view-of-step.ts'

interface RecipeToEmit {
  trace: RecipeTrace
  versions: readonly ColumnVersion[]
  forLearning: boolean
  /** Columns that are inputs of the graph, instead of what they are computed from. */
  given?: ReadonlyMap<ColumnVersion, { name: string; type: ElementType; width: number }>
}

/**
 * Puts the steps that these columns need into a graph, and only what they need of them. `forLearning`: for rows of the
 * table itself, so that cross-fitted steps show those they learned from what the other folds say; else for callers of
 * a model.
 */
export function emitRecipe(
  builder: GraphBuilder,
  { trace, versions, forLearning, given = new Map() }: RecipeToEmit,
): ColumnGraph {
  const needed = closureOf(versions, (version) => given.has(version))
  const graph = new ColumnGraph(builder, { forLearning })
  for (const [version, { name, type, width }] of given) {
    needed.delete(version)
    graph.place([{ version, width }], builder.input(name, type, width))
  }
  for (const traced of trace.steps) {
    if (!traced.made.some((version) => needed.has(version))) continue
    const { transform, step } = traced
    if (transform.fit && step.state === null)
      throw recipeError('not-fitted', { transform: step.transform, node: step.node })
    transform.emit(viewOfStep(graph, traced, needed), step.state)
  }
  return graph
}

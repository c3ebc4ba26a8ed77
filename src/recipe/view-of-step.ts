import type { ColumnGraph } from './column-graph.ts'
import type { StepGraph } from './step-graph.ts'
import type { ColumnVersion, TracedStep } from './trace-recipe.ts'

/** A step’s view of the columns in a graph. */
export function viewOfStep(
  graph: ColumnGraph,
  step: TracedStep,
  needed: ReadonlySet<ColumnVersion>,
): StepGraph {
  const wanted = new Map(
    step.made.filter((version) => needed.has(version)).map((version) => [version.column.name, version]),
  )
  const incoming = (names: readonly string[]) => names.map((name) => step.before.get(name)!)
  return {
    builder: graph.builder,
    columns: [...step.before.values()].map(({ column }) => column),
    column: (name) => step.before.get(name)!.column,
    isWanted: (made) => wanted.has(made),
    matrix: (names, type) => graph.matrix(incoming(names), type),
    separate: (names) => graph.separate(incoming(names)),
    put(made, matrix, widths) {
      const columns = made.map((name, index) => ({ version: wanted.get(name), width: widths?.[index] ?? 1 }))
      graph.place(columns, matrix)
    },
    folds: (folds) => graph.folds(folds),
    keep: (name, made = name) => graph.copy(wanted.get(made)!, step.before.get(name)!),
  }
}

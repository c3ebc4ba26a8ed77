import type { Column } from '../core/columns.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import type { ElementType } from '../onnx/tensor.ts'
import type { ColumnGraph } from './column-graph.ts'
import type { ColumnVersion, TracedStep } from './trace-recipe.ts'

/** The graph as one step sees it: columns by the names they have before and after the step. */
export interface StepGraph {
  readonly builder: GraphBuilder
  /** All columns that come in. */
  readonly columns: readonly Column[]
  /** A column as it comes in. */
  column(name: string): Column
  /** Whether anybody needs what the step makes under this name. */
  isWanted(made: string): boolean
  /** Incoming columns side by side. */
  matrix(names: readonly string[], type: ElementType): Value
  /** Incoming columns, each [N, 1] (a vector [N, width]). */
  separate(names: readonly string[]): Value[]
  /**
   * Puts out made columns that lie side by side, each of width 1 where nothing else is said. Those that nobody wants
   * only take their place.
   */
  put(made: readonly string[], matrix: Value, widths?: readonly number[]): void
  /** Puts out the values of an incoming column as they are. */
  keep(name: string): void
}

export function stepGraph(
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
    keep: (name) => graph.copy(wanted.get(name)!, step.before.get(name)!),
  }
}

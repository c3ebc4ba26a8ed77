import type { Column } from '../core/columns.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import type { ElementType } from '../onnx/tensor.ts'
import type { Folds } from './folds.ts'

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
  /**
   * The fold of each row, float64 [N, 1], or `count` where it was not learned from; null in a graph whose callers are
   * all such.
   */
  folds(folds: Folds): Value | null
  /** Puts out the values of an incoming column as they are, under the same name or another. */
  keep(name: string, made?: string): void
}

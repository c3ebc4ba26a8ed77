import type { Column } from '../core/columns.ts'
import type { Json } from '../core/pipeline.ts'
import type { TransformStep } from '../core/transforms/transform-step.ts'
import type { MixedChunk } from '../tables/coded-texts.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import type { StepGraph } from './step-graph.ts'

/** Learning from rows: they come in order, in chunks of any size, and the outcome is the same for any size. */
export interface Fit<State> {
  /** The columns it reads; where there are none, no rows come. */
  reads: readonly string[]
  add(chunk: ColumnChunk): void
  /** In place of `add`, where it does not need texts one by one. */
  addCoded?(chunk: MixedChunk): void
  /** At the end of the rows: whether all of them have to come once more. */
  again?(): boolean
  /** What was learned from rows of this artifact. Throws a user error where the rows give nothing to learn. */
  finish(rows: string): State
}

/** A row-wise transform, for its parameters: how it learns from rows, and how it becomes operators. */
export interface Transform<State extends Json> {
  /** Its parameters' columns as they come in, in order; null for a stateless transform. */
  fit: ((columns: readonly Column[]) => Fit<State>) | null
  /** Names of the elements of a vector it makes. */
  elementsOf?(column: string, state: State): string[]
  /** Puts those of its columns into the graph that somebody needs. */
  emit(graph: StepGraph, state: State): void
}

/** A transform with its parameters and the type of its state let go: what recipes handle. */
export interface BoundTransform {
  step: TransformStep
  fit: ((columns: readonly Column[]) => Fit<Json>) | null
  elementsOf(column: string, state: Json | null): string[]
  emit(graph: StepGraph, state: Json | null): void
}

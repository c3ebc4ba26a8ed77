import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { elementCodes, tensor, type ElementType } from '../onnx/tensor.ts'
import { foldsColumn, type Folds } from './folds.ts'
import type { ColumnVersion } from './trace-recipe.ts'

/** Where a column lies: `width` columns of a matrix, from `offset` on. */
interface Slice {
  matrix: Value
  offset: number
  width: number
}

/**
 * The columns of a recipe inside a graph. Many columns lie side by side in one matrix, so that an operator works on
 * all of them at once, and are taken apart only where somebody needs one alone: a single row then passes through a
 * handful of operators instead of hundreds.
 */
export class ColumnGraph {
  readonly builder: GraphBuilder
  readonly #slices = new Map<ColumnVersion, Slice>()
  readonly #forLearning: boolean
  readonly #alone = new Map<ColumnVersion, Value>()

  /** `forLearning`: it is computed for rows of the table, of which those that were learned from are cross-fitted. */
  constructor(builder: GraphBuilder, { forLearning }: { forLearning: boolean }) {
    this.builder = builder
    this.#forLearning = forLearning
  }

  /** The fold of each row; null where every row is one of a later caller. */
  folds(folds: Folds): Value | null {
    return this.#forLearning ? this.builder.input(foldsColumn(folds), 'float64') : null
  }

  /** Says that columns lie in a matrix from left to right; what has no version only takes its place. */
  place(columns: readonly { version: ColumnVersion | undefined; width: number }[], matrix: Value): void {
    let offset = 0
    for (const { version, width } of columns) {
      if (version) this.#slices.set(version, { matrix, offset, width })
      offset += width
    }
  }

  /** Gives a column the values of another. */
  copy(version: ColumnVersion, from: ColumnVersion): void {
    this.#slices.set(version, this.#sliceOf(from))
  }

  widthOf(version: ColumnVersion): number {
    return this.#sliceOf(version).width
  }

  /** Columns side by side, [N, sum of their widths]. There must be at least one that is not empty. */
  matrix(versions: readonly ColumnVersion[], type: ElementType): Value {
    const slices = versions.map((version) => this.#sliceOf(version)).filter(({ width }) => width > 0)
    const sources = [...new Set(slices.map(({ matrix }) => matrix))]
    const { matrix, offsets } = this.#joined(sources, type)
    const wanted = slices.flatMap((slice) =>
      Array.from({ length: slice.width }, (_, index) => offsets.get(slice.matrix)! + slice.offset + index),
    )
    const isWhole =
      wanted.length === this.builder.typeOf(matrix).width && wanted.every((at, index) => at === index)
    return isWhole ? matrix : this.#gather(matrix, wanted)
  }

  /** Each column as a tensor of its own. */
  separate(versions: readonly ColumnVersion[]): Value[] {
    const missing = versions.filter((version) => !this.#alone.has(version))
    const byMatrix = Map.groupBy(new Set(missing), (version) => this.#sliceOf(version).matrix)
    for (const [matrix, group] of byMatrix) this.#takeApart(matrix, group)
    return versions.map((version) => this.#alone.get(version)!)
  }

  /** Each column as it is read: texts, or float64 [N, width]. */
  outputs(versions: readonly ColumnVersion[]): Value[] {
    return this.separate(versions).map((value) => {
      const { type } = this.builder.typeOf(value)
      if (type === 'string' || type === 'float64') return value
      return this.builder.node('Cast', [value], { to: { i: elementCodes.float64 } })
    })
  }

  #takeApart(matrix: Value, versions: readonly ColumnVersion[]): void {
    const { type, width } = this.builder.typeOf(matrix)
    const slices = new Map(versions.map((version) => [version, this.#sliceOf(version)]))
    for (const [version, slice] of slices) if (slice.width === width) this.#alone.set(version, matrix)
    const parts = [...slices.values()].filter((slice) => slice.width < width)
    if (parts.length === 0) return
    const bounds = [...new Set([0, width, ...parts.flatMap(({ offset, width }) => [offset, offset + width])])]
    bounds.sort((a, b) => a - b)
    const sizes = bounds.slice(1).map((bound, index) => bound - bounds[index]!)
    const lengths = this.builder.constant(tensor('int64', [sizes.length], sizes))
    const values = this.builder.nodes('Split', [matrix, lengths], sizes.length, { axis: { i: 1 } })
    for (const [index, value] of values.entries()) this.builder.declare(value, { type, width: sizes[index]! })
    for (const [version, { offset }] of slices)
      if (!this.#alone.has(version)) this.#alone.set(version, values[bounds.indexOf(offset)]!)
  }

  /** Matrices side by side in one type, and where each begins. What has to be converted is converted together. */
  #joined(sources: readonly Value[], type: ElementType): { matrix: Value; offsets: Map<Value, number> } {
    const { builder } = this
    const groups = Map.groupBy(sources, (source) => builder.typeOf(source).type)
    const parts = [...groups].map(([given, group]) => {
      const joined = this.#concat(group)
      return given === type ? joined : builder.node('Cast', [joined], { to: { i: elementCodes[type] } })
    })
    const offsets = new Map<Value, number>()
    let offset = 0
    for (const source of [...groups.values()].flat()) {
      offsets.set(source, offset)
      offset += builder.typeOf(source).width
    }
    return { matrix: this.#concat(parts), offsets }
  }

  #concat(values: readonly Value[]): Value {
    return values.length === 1 ? values[0]! : this.builder.node('Concat', values, { axis: { i: 1 } })
  }

  #gather(matrix: Value, columns: readonly number[]): Value {
    const indices = this.builder.constant(tensor('int64', [columns.length], columns))
    return this.builder.node('Gather', [matrix, indices], { axis: { i: 1 } })
  }

  #sliceOf(version: ColumnVersion): Slice {
    const known = this.#slices.get(version)
    if (known) return known
    const { name, type } = version.column
    if (version.step) throw new TypeError(`The step that makes ${name} has not put it into the graph`)
    const matrix = this.builder.input(name, type === 'text' ? 'string' : 'float64')
    const slice = { matrix, offset: 0, width: 1 }
    this.#slices.set(version, slice)
    return slice
  }
}

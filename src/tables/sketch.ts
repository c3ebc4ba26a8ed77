import type { StartColumn } from '../core/artifacts.ts'
import type { MixedChunk } from './coded-texts.ts'
import { ColumnSketcher, type SketchDetail } from './sketch/column-sketcher.ts'
import type { Sketch } from '../core/sketch-schema.ts'

/** Collects the sketch of a table chunk by chunk; two of them can be merged. Memory does not grow with the rows. */
export class TableSketcher {
  #rows = 0
  readonly #columns: ReadonlyMap<string, ColumnSketcher>

  constructor(columns: readonly Pick<StartColumn, 'name' | 'type'>[], detail: SketchDetail = 'brief') {
    this.#columns = new Map(columns.map((column) => [column.name, new ColumnSketcher(column, detail)]))
  }

  add(chunk: MixedChunk): void {
    this.#rows += chunk.rows
    for (const [name, sketcher] of this.#columns) sketcher.add(chunk.columns[name]!)
  }

  /** Takes in a sketch of other rows of the same columns. */
  merge(other: TableSketcher): void {
    this.#rows += other.#rows
    for (const [name, sketcher] of this.#columns) sketcher.merge(other.#columns.get(name)!)
  }

  finish(): Sketch {
    return { rows: this.#rows, columns: [...this.#columns.values()].map((sketcher) => sketcher.finish()) }
  }
}

/** The sketch of the named columns of a stream of rows. Equal streams in equal chunks give equal sketches. */
export async function sketchOf(rows: {
  columns: readonly Pick<StartColumn, 'name' | 'type'>[]
  chunks: AsyncIterable<MixedChunk> | Iterable<MixedChunk>
  detail?: SketchDetail
}): Promise<Sketch> {
  const sketcher = new TableSketcher(rows.columns, rows.detail)
  for await (const chunk of rows.chunks) sketcher.add(chunk)
  return sketcher.finish()
}

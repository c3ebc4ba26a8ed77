import type { ColumnChunk } from '../../../src/tables/column-chunk.ts'
import type { Random } from '../../../src/tables/random.ts'

/** Draws rows of a stream whose length is known, each as likely as the others, in their order (Knuth’s algorithm S). */
export class RowSample {
  /** Values of the drawn rows by column; what is not finite is NaN. */
  readonly columns: Map<string, Float64Array>
  readonly #random: Random
  readonly #size: number
  #left: number
  #drawn = 0

  constructor(
    names: readonly string[],
    { rows, size, random }: { rows: number; size: number; random: Random },
  ) {
    this.#size = Math.min(rows, size)
    this.#left = rows
    this.#random = random
    this.columns = new Map(names.map((name) => [name, new Float64Array(this.#size)]))
  }

  add(chunk: ColumnChunk): void {
    for (let row = 0; row < chunk.rows; row++) {
      const wanted = this.#size - this.#drawn
      const isDrawn = wanted === this.#left || this.#random.below(this.#left) < wanted
      this.#left--
      if (!isDrawn) continue
      for (const [name, values] of this.columns) {
        const value = (chunk.columns[name] as Float64Array)[row]!
        values[this.#drawn] = Number.isFinite(value) ? value : Number.NaN
      }
      this.#drawn++
    }
  }
}

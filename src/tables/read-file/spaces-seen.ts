/**
 * Which columns have a text that may start or end with white space, by its outer bytes: trimming the others can be
 * saved. Every byte above ASCII may belong to a space, so it counts.
 */
export class SpacesSeen {
  readonly #columns: Uint8Array

  constructor(width: number) {
    this.#columns = new Uint8Array(width)
  }

  /** Looks at all fields of a record. */
  look(buffer: Uint8Array, { starts, ends }: { starts: Int32Array; ends: Int32Array }): void {
    const columns = this.#columns
    for (let column = 0; column < columns.length; column++) {
      const start = starts[column]!
      const end = ends[column]!
      if (start === end || columns[column] === 1) continue
      const first = buffer[start]!
      const last = buffer[end - 1]!
      if (first <= 32 || first >= 128 || last <= 32 || last >= 128) columns[column] = 1
    }
  }

  lookAtText(column: number, text: string): void {
    if (this.#columns[column] === 0 && text !== text.trim()) this.#columns[column] = 1
  }

  get list(): boolean[] {
    return Array.from(this.#columns, (seen) => seen === 1)
  }
}

/** Memory that is used again: new memory of many megabytes costs as much as sorting it. */
export class SpareMemory {
  readonly #most: number
  #spare: ArrayBuffer[] = []

  /** Keeps so many pieces. */
  constructor(most: number) {
    this.#most = most
  }

  /** Room for so many numbers, whatever stands in it. */
  take(numbers: number): Float64Array<ArrayBuffer> {
    const bytes = numbers * Float64Array.BYTES_PER_ELEMENT
    const fitting = this.#spare.findIndex(({ byteLength }) => byteLength >= bytes)
    const [buffer] = fitting < 0 ? [new ArrayBuffer(bytes)] : this.#spare.splice(fitting, 1)
    return new Float64Array(buffer!, 0, numbers)
  }

  giveBack(buffers: readonly ArrayBuffer[]): void {
    this.#spare = [...buffers, ...this.#spare].slice(0, this.#most)
  }
}

import { onnxError } from './errors.ts'

/** Protocol buffers hold sizes in 31 bits. */
export const largestMessageBytes = 2 ** 31 - 1

/**
 * Writes protocol-buffer parts from the last to the first: when the head of a nested message is written its size
 * is known, so every byte is copied once.
 */
export class WireWriter {
  #buffer = new Uint8Array(4096)
  #view = new DataView(this.#buffer.buffer)
  #start = this.#buffer.length

  get sizeBytes(): number {
    return this.#buffer.length - this.#start
  }

  bytes(bytes: Uint8Array): void {
    this.#claim(bytes.length)
    this.#buffer.set(bytes, this.#start)
  }

  float32(value: number): void {
    this.#claim(4)
    this.#view.setFloat32(this.#start, value, true)
  }

  /** Negative values take ten bytes: two's complement in 64 bits. */
  varint(value: number | bigint): void {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) {
      this.#smallVarint(value)
      return
    }
    const whole = BigInt(value)
    if (whole !== BigInt.asIntN(64, whole)) throw new RangeError(`${whole} does not fit in 64 bits`)
    let rest = BigInt.asUintN(64, whole)
    const parts: number[] = []
    for (; rest > 127n; rest >>= 7n) parts.push(Number(rest & 127n) | 128)
    parts.push(Number(rest))
    this.bytes(Uint8Array.from(parts))
  }

  finish(): Uint8Array {
    return this.#buffer.slice(this.#start)
  }

  #smallVarint(value: number): void {
    let size = 1
    for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) size++
    this.#claim(size)
    let rest = value
    for (let at = this.#start; at < this.#start + size; at++) {
      this.#buffer[at] = (rest % 128) | (at < this.#start + size - 1 ? 128 : 0)
      rest = Math.floor(rest / 128)
    }
  }

  #claim(sizeBytes: number): void {
    const wanted = this.sizeBytes + sizeBytes
    if (wanted > largestMessageBytes) throw onnxError('too-large', { sizeBytes: wanted })
    if (sizeBytes > this.#start) {
      const grown = new Uint8Array(Math.min(Math.max(this.#buffer.length * 2, wanted), largestMessageBytes))
      grown.set(this.#buffer.subarray(this.#start), grown.length - this.sizeBytes)
      this.#start += grown.length - this.#buffer.length
      this.#buffer = grown
      this.#view = new DataView(grown.buffer)
    }
    this.#start -= sizeBytes
  }
}

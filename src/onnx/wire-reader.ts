import { onnxError } from './errors.ts'

/** Reads protocol-buffer parts from the front; `message` names in errors what is being read. */
export class WireReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #message: string
  #at = 0

  constructor(bytes: Uint8Array, message: string) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#message = message
  }

  get at(): number {
    return this.#at
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length
  }

  /** A signed 64-bit integer: a number where it is a safe one, else a bigint. */
  varint(): number | bigint {
    const start = this.#at
    let value = 0
    for (let scale = 1; scale <= 2 ** 42; scale *= 128) {
      const byte = this.#byte()
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    this.#at = start
    return this.#longVarint()
  }

  /** A length, tag or other count. */
  count(): number {
    const value = this.varint()
    if (typeof value === 'bigint' || value < 0) throw this.#malformed(`a length of ${value}`)
    return value
  }

  float32(): number {
    const at = this.#skip(4)
    return this.#view.getFloat32(at, true)
  }

  /** A part that says its own length; a view, not a copy. */
  part(): Uint8Array {
    const length = this.count()
    const from = this.#skip(length)
    return this.#bytes.subarray(from, from + length)
  }

  /** Passes over the value of a field of this wire type. */
  pass(wireType: number): void {
    if (wireType === 0) this.varint()
    else if (wireType === 1) this.#skip(8)
    else if (wireType === 2) this.part()
    else if (wireType === 5) this.#skip(4)
    else throw this.#malformed(`wire type ${wireType}`)
  }

  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.#at)
  }

  #longVarint(): number | bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) {
        const signed = BigInt.asIntN(64, value)
        const small = Number(signed)
        return Number.isSafeInteger(small) ? small : signed
      }
    }
    throw this.#malformed('an integer of more than ten bytes')
  }

  #byte(): number {
    return this.#bytes[this.#skip(1)]!
  }

  #skip(sizeBytes: number): number {
    const from = this.#at
    if (from + sizeBytes > this.#bytes.length) throw onnxError('truncated', { message: this.#message })
    this.#at += sizeBytes
    return from
  }

  #malformed(what: string) {
    return onnxError('malformed', { problem: `a ${this.#message} holds ${what}` })
  }
}

/** Types of values in Thrift’s compact protocol, by the numbers that they are written with. */
export const thriftTypes = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  struct: 12,
} as const

export type ThriftValue =
  | { type: 1 | 2 }
  | { type: 3 | 7 | 8; bytes: Uint8Array }
  | { type: 4 | 5 | 6; number: number }
  | { type: 9; of: number; items: ThriftValue[] }
  | { type: 12; fields: ThriftFields }

/** The fields of a struct by their numbers. */
export type ThriftFields = Map<number, ThriftValue>

/** What is written otherwise than we can read. */
export class UnreadableThrift extends Error {}

/** Reads a struct of the compact protocol whole, so that it can be written again with other values. */
export function decodeStruct(bytes: Uint8Array): ThriftFields {
  return new Decoder(bytes).fields()
}

export function encodeStruct(fields: ThriftFields): Uint8Array {
  const encoder = new Encoder()
  encoder.fields(fields)
  return Uint8Array.from(encoder.bytes)
}

class Decoder {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  fields(): ThriftFields {
    const fields: ThriftFields = new Map()
    for (let id = 0; ;) {
      const head = this.#byte()
      if (head === 0) return fields
      id = head >> 4 === 0 ? this.#integer() : id + (head >> 4)
      fields.set(id, this.#value(head & 15))
    }
  }

  #value(type: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return { type }
      case 3:
        return { type, bytes: this.#some(1) }
      case 4:
      case 5:
      case 6:
        return { type, number: this.#integer() }
      case 7:
        return { type, bytes: this.#some(8) }
      case 8:
        return { type, bytes: this.#some(this.#count()) }
      case 9:
        return this.#list()
      case 12:
        return { type, fields: this.fields() }
      default:
        throw new UnreadableThrift(`a value of the type ${type}`)
    }
  }

  #list(): ThriftValue {
    const head = this.#byte()
    const length = head >> 4 === 15 ? this.#count() : head >> 4
    const of = head & 15
    const isBoolean = of === thriftTypes.true || of === thriftTypes.false
    const item = (): ThriftValue => this.#value(isBoolean ? this.#byte() : of)
    return { type: thriftTypes.list, of, items: Array.from({ length }, item) }
  }

  /** Zigzag: 0, -1, 1, -2, … */
  #integer(): number {
    const folded = this.#count()
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
  }

  #count(): number {
    let number = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte()
      number += (byte & 127) * factor
      if (!Number.isSafeInteger(number)) throw new UnreadableThrift('a number of more than 53 bits')
      if (byte < 128) return number
    }
  }

  #byte(): number {
    return this.#some(1)[0]!
  }

  #some(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new UnreadableThrift('a struct without an end')
    const bytes = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return bytes
  }
}

class Encoder {
  readonly bytes: number[] = []

  fields(fields: ThriftFields): void {
    let last = 0
    for (const [id, value] of [...fields].toSorted(([a], [b]) => a - b)) {
      const step = id - last
      if (step <= 15) this.bytes.push((step << 4) | value.type)
      else {
        this.bytes.push(value.type)
        this.#integer(id)
      }
      last = id
      this.#value(value)
    }
    this.bytes.push(0)
  }

  #value(value: ThriftValue): void {
    switch (value.type) {
      case 1:
      case 2:
        return
      case 4:
      case 5:
      case 6:
        return this.#integer(value.number)
      case 8:
        this.#count(value.bytes.length)
        return this.#some(value.bytes)
      case 3:
      case 7:
        return this.#some(value.bytes)
      case 9:
        return this.#list(value)
      case 12:
        return this.fields(value.fields)
    }
  }

  #list({ of, items }: Extract<ThriftValue, { type: 9 }>): void {
    if (items.length < 15) this.bytes.push((items.length << 4) | of)
    else {
      this.bytes.push(0xf0 | of)
      this.#count(items.length)
    }
    for (const item of items) {
      if (item.type === thriftTypes.true || item.type === thriftTypes.false) this.bytes.push(item.type)
      else this.#value(item)
    }
  }

  #integer(number: number): void {
    this.#count(number < 0 ? -2 * number - 1 : 2 * number)
  }

  #count(number: number): void {
    let rest = number
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes.push((rest % 128) + 128)
    this.bytes.push(rest)
  }

  #some(bytes: Uint8Array): void {
    for (const byte of bytes) this.bytes.push(byte)
  }
}

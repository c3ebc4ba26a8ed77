/** Grows as records are put into it. Little endian, as every processor that the product runs on is. */
export interface RecordWriter {
  readonly length: number
  u32(value: number): void
  f32(value: number): void
  f64(value: number): void
  /** Length first. */
  text(value: string): void
  /** Bytes of a text in base64url, whose number the reader knows. */
  base64(value: string): void
  /** Those from one place to another. */
  numbers(values: Float32Array | Float64Array, from: number, to: number): void
  /** What was written, which is the writer's own until the next `clear`. */
  bytes(): Buffer
  /** Takes back what was written after so many bytes. */
  cutTo(length: number): void
  clear(): void
}

const startBytes = 64 * 1024

export function createRecordWriter(): RecordWriter {
  let buffer = Buffer.allocUnsafe(startBytes)
  let at = 0
  const need = (bytes: number): void => {
    if (at + bytes <= buffer.byteLength) return
    const larger = Buffer.allocUnsafe(Math.max(buffer.byteLength * 2, at + bytes))
    buffer.copy(larger, 0, 0, at)
    buffer = larger
  }
  return {
    get length() {
      return at
    },
    u32(value) {
      need(4)
      at = buffer.writeUInt32LE(value, at)
    },
    f32(value) {
      need(4)
      at = buffer.writeFloatLE(value, at)
    },
    f64(value) {
      need(8)
      at = buffer.writeDoubleLE(value, at)
    },
    text(value) {
      // No UTF-16 unit takes more than three bytes of UTF-8.
      need(4 + value.length * 3)
      const bytes = isWrittenAsAscii(value, buffer, at + 4)
        ? value.length
        : buffer.write(value, at + 4, 'utf8')
      buffer.writeUInt32LE(bytes, at)
      at += 4 + bytes
    },
    base64(value) {
      need(value.length)
      at += buffer.write(value, at, 'base64url')
    },
    numbers(values, from, to) {
      const bytes = (to - from) * values.BYTES_PER_ELEMENT
      need(bytes)
      if (to - from > fewNumbers) {
        const first = values.byteOffset + from * values.BYTES_PER_ELEMENT
        buffer.set(new Uint8Array(values.buffer, first, bytes), at)
        at += bytes
      } else if (values instanceof Float64Array)
        for (let index = from; index < to; index++) at = buffer.writeDoubleLE(values[index]!, at)
      else for (let index = from; index < to; index++) at = buffer.writeFloatLE(values[index]!, at)
    },
    bytes: () => buffer.subarray(0, at),
    cutTo(length) {
      at = length
    },
    clear() {
      // What a burst needed is not kept for ever.
      if (buffer.byteLength > startBytes * 64) buffer = Buffer.allocUnsafe(startBytes)
      at = 0
    },
  }
}

/** Making a view of so many takes longer than writing them. */
const fewNumbers = 8
const longestShort = 32

/** Writes a short text of ASCII, which is what most are; calling the encoder takes longer. */
function isWrittenAsAscii(text: string, buffer: Buffer, at: number): boolean {
  if (text.length > longestShort) return false
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 127) return false
    buffer[at + index] = unit
  }
  return true
}

/** Reads what a `RecordWriter` wrote, in the same order. */
export interface RecordReader {
  readonly isAtEnd: boolean
  u32(): number
  f32(): number
  f64(): number
  text(): string
  base64(bytes: number): string
  float32s(count: number): Float32Array
  float64s(count: number): Float64Array
}

export function createRecordReader(bytes: Buffer): RecordReader {
  let at = 0
  const take = (count: number): number => {
    const from = at
    at += count
    return from
  }
  const copied = (count: number): ArrayBuffer => {
    const from = take(count)
    return Uint8Array.from(bytes.subarray(from, from + count)).buffer
  }
  return {
    get isAtEnd() {
      return at >= bytes.byteLength
    },
    u32: () => bytes.readUInt32LE(take(4)),
    f32: () => bytes.readFloatLE(take(4)),
    f64: () => bytes.readDoubleLE(take(8)),
    text() {
      const length = bytes.readUInt32LE(take(4))
      const from = take(length)
      return bytes.toString('utf8', from, from + length)
    },
    base64(count) {
      const from = take(count)
      return bytes.toString('base64url', from, from + count)
    },
    float32s: (count) => new Float32Array(copied(count * 4)),
    float64s: (count) => new Float64Array(copied(count * 8)),
  }
}

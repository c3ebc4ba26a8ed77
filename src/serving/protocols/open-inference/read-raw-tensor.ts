import { bytesOf, type DataType, type TensorValue } from './data-type.ts'

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The elements of a tensor in its binary form: little-endian, row-major, without padding; a `BYTES` element is its
 * length in four bytes and its bytes (UTF-8). Throws a RangeError that says what is wrong with the bytes.
 */
export function readRawTensor(bytes: Uint8Array, { type, count }: { type: DataType; count: number }) {
  const width = bytesOf(type)
  if (width === null) return readTexts(bytes, count)
  if (bytes.length !== count * width)
    throw new RangeError(`its data are ${bytes.length} bytes, where its shape wants ${count * width}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = readers[type as keyof typeof readers]
  return Array.from({ length: count }, (_, index): TensorValue => read(view, index * width))
}

const readers = {
  BOOL: (view: DataView, at: number) => view.getUint8(at) !== 0,
  UINT8: (view: DataView, at: number) => view.getUint8(at),
  UINT16: (view: DataView, at: number) => view.getUint16(at, true),
  UINT32: (view: DataView, at: number) => view.getUint32(at, true),
  UINT64: (view: DataView, at: number) => exact(view.getBigUint64(at, true)),
  INT8: (view: DataView, at: number) => view.getInt8(at),
  INT16: (view: DataView, at: number) => view.getInt16(at, true),
  INT32: (view: DataView, at: number) => view.getInt32(at, true),
  INT64: (view: DataView, at: number) => exact(view.getBigInt64(at, true)),
  FP16: (view: DataView, at: number) => view.getFloat16(at, true),
  FP32: (view: DataView, at: number) => view.getFloat32(at, true),
  FP64: (view: DataView, at: number) => view.getFloat64(at, true),
}

/** A number where a double holds it, else its digits. */
export function exact(value: bigint): number | string {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

function readTexts(bytes: Uint8Array, count: number): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts: string[] = []
  let at = 0
  while (at < bytes.length) {
    if (at + 4 > bytes.length) throw new RangeError('its data end in the middle of a length')
    const end = at + 4 + view.getUint32(at, true)
    if (end > bytes.length) throw new RangeError('its data end in the middle of an element')
    texts.push(textOf(bytes.subarray(at + 4, end)))
    if (texts.length > count) break
    at = end
  }
  if (texts.length !== count)
    throw new RangeError(`its data hold ${texts.length} elements, where its shape wants ${count}`)
  return texts
}

/** Throws a RangeError where the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new RangeError('an element is not UTF-8')
  }
}

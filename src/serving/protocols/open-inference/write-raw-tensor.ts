import type { OutputColumn } from '../../../onnx/session.ts'

const encoder = new TextEncoder()

/** The binary form of an answer: little-endian; each text with its length in four bytes before it. */
export function writeRawTensor(values: OutputColumn): Uint8Array {
  if (values instanceof Float32Array) return writeNumbers(values, 4)
  if (values instanceof Float64Array) return writeNumbers(values, 8)
  const texts = values.map((text) => encoder.encode(text))
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + 4 + text.length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const text of texts) {
    view.setUint32(at, text.length, true)
    bytes.set(text, at + 4)
    at += 4 + text.length
  }
  return bytes
}

function writeNumbers(values: Float32Array | Float64Array, width: 4 | 8): Uint8Array {
  const bytes = new Uint8Array(values.length * width)
  const view = new DataView(bytes.buffer)
  for (const [index, value] of values.entries())
    if (width === 4) view.setFloat32(index * 4, value, true)
    else view.setFloat64(index * 8, value, true)
  return bytes
}

import type { Message } from './messages.ts'
import { elementTypeOf } from './tensor.ts'

/** The numbers of a constant that Pipewright wrote, in row-major order; none where it holds something else. */
export function numbersOfTensor({
  dataType,
  rawData,
}: Message<'Tensor'>): Float64Array | Float32Array | Uint8Array {
  // Its own bytes: those of a message begin anywhere.
  const bytes = Uint8Array.from(rawData ?? [])
  switch (elementTypeOf(dataType)) {
    case 'float32':
      return new Float32Array(bytes.buffer)
    case 'float64':
      return new Float64Array(bytes.buffer)
    case 'int64':
      return Float64Array.from(new BigInt64Array(bytes.buffer), Number)
    case 'uint8':
    case 'bool':
      return bytes
    case 'int8':
      return Float64Array.from(new Int8Array(bytes.buffer))
    case 'int32':
      return Float64Array.from(new Int32Array(bytes.buffer))
    case 'string':
    case undefined:
      return new Float64Array()
  }
}

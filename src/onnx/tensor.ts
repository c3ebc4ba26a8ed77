import type { Message } from './messages.ts'

/** Element types of tensors and their numbers in ONNX's TensorProto.DataType. */
export const elementCodes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float64: 11,
} as const
export type ElementType = keyof typeof elementCodes

type NumericElementType = Exclude<ElementType, 'string'>
type TensorData<Type extends ElementType> = Type extends 'string'
  ? readonly string[]
  : Type extends 'int64'
    ? ArrayLike<number | bigint>
    : Type extends 'bool'
      ? ArrayLike<boolean>
      : ArrayLike<number>

/** A constant tensor, its values in row-major order. Throws a TypeError when their number is not that of `dims`. */
export function tensor<Type extends ElementType>(
  type: Type,
  dims: readonly number[],
  data: TensorData<Type>,
): Message<'Tensor'> {
  const size = dims.reduce((product, dim) => product * dim, 1)
  if (data.length !== size)
    throw new TypeError(`A tensor of ${dims.join(' × ')} has ${size} values, not ${data.length}`)
  const head = { dims, dataType: elementCodes[type] }
  if (type === 'string') return { ...head, stringData: data as readonly string[] }
  const values = arrays[type as NumericElementType](data as ArrayLike<number>)
  return { ...head, rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) }
}

const arrays = {
  float32: (data) => Float32Array.from(data),
  float64: (data) => Float64Array.from(data),
  int64: (data) => BigInt64Array.from(data, BigInt),
  int32: (data) => Int32Array.from(data),
  int8: (data) => Int8Array.from(data),
  uint8: (data) => Uint8Array.from(data),
  bool: (data) => Uint8Array.from(data, Number),
} satisfies Record<NumericElementType, (data: ArrayLike<number>) => ArrayBufferView>

export function elementTypeOf(code: number | bigint | undefined): ElementType | undefined {
  const entries = Object.entries(elementCodes) as [ElementType, number][]
  return entries.find(([, known]) => known === code)?.[0]
}

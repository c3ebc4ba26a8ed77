/** Data types of tensors as the Open Inference Protocol names them, with the bytes of an element. */
const elementBytes = {
  BOOL: 1,
  UINT8: 1,
  UINT16: 2,
  UINT32: 4,
  UINT64: 8,
  INT8: 1,
  INT16: 2,
  INT32: 4,
  INT64: 8,
  FP16: 2,
  FP32: 4,
  FP64: 8,
} as const

type FixedDataType = keyof typeof elementBytes
export type DataType = FixedDataType | 'BYTES'

export function isDataType(text: string): text is DataType {
  return text === 'BYTES' || Object.hasOwn(elementBytes, text)
}

/** Bytes of an element; null where each says its own length. */
export function bytesOf(type: DataType): number | null {
  return type === 'BYTES' ? null : elementBytes[type]
}

/** What a tensor of a request holds: whole numbers beyond 2⁵³ as texts, so that none is rounded. */
export type TensorValue = number | string | boolean | null

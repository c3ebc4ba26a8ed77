import type { DataType, TensorValue } from './data-type.ts'

/** Deeper than any shape that is taken. */
const mostDeep = 4

/**
 * The elements of a tensor in JSON, flat or nested. Null is “no value” whatever the type. Throws a RangeError that
 * says what is wrong with the data.
 */
export function readJsonTensor(
  data: readonly unknown[],
  { type, count }: { type: DataType; count: number },
): TensorValue[] {
  const flat = data.some(Array.isArray) ? data.flat(mostDeep) : data
  if (flat.length !== count)
    throw new RangeError(`its data hold ${flat.length} elements, where its shape wants ${count}`)
  const index = flat.findIndex((value) => value !== null && !isOfType(value, type))
  if (index >= 0) throw new RangeError(`element ${index} of its data is no ${type}`)
  return flat as TensorValue[]
}

function isOfType(value: unknown, type: DataType): boolean {
  switch (type) {
    case 'BYTES':
      return typeof value === 'string'
    case 'BOOL':
      return typeof value === 'boolean' || value === 0 || value === 1
    case 'FP16':
    case 'FP32':
    case 'FP64':
      return typeof value === 'number'
    case 'UINT8':
    case 'UINT16':
    case 'UINT32':
    case 'UINT64':
    case 'INT8':
    case 'INT16':
    case 'INT32':
    case 'INT64':
      return typeof value === 'number' && Number.isInteger(value)
  }
}

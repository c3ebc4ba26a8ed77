import type { DataType, TensorValue } from './data-type.ts'

/** What is asked of a model, whichever way it came. */
export interface InferRequest {
  id?: string | undefined
  inputs: readonly InputTensor[]
  /** Those wanted; all where it is undefined. */
  outputs?: readonly RequestedOutput[] | undefined
  /** Whether outputs that are not named one by one are wanted in their binary form. */
  isBinary: boolean
}

export interface InputTensor {
  name: string
  datatype: DataType
  shape: readonly number[]
  values: readonly TensorValue[]
}

export interface RequestedOutput {
  name: string
  /** In bytes behind the JSON; else within it. */
  isBinary: boolean
  /** The so many most probable, as texts (the classification extension); 0: the tensor as it is. */
  classes: number
}

/** How many elements a shape has. Throws a RangeError for what is no shape of one value a row. */
export function rowsOfShape(shape: readonly number[]): number {
  const [rows, width, ...more] = shape
  const isColumn = rows !== undefined && (width === undefined || width === 1) && more.length === 0
  if (!isColumn || !Number.isSafeInteger(rows) || rows < 1)
    throw new RangeError(`its shape is [${shape.join(', ')}], where [rows] or [rows, 1] is wanted`)
  return rows
}

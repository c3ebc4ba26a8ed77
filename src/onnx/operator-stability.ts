import type { ElementType } from './tensor.ts'

/**
 * Operators of the CPU provider whose result for a row depends on how many rows are run together: vector code and
 * the scalar code for what is left over round differently. Measured by the test of the same name.
 */
const unstable: Readonly<Record<string, readonly ElementType[]>> = {
  Exp: ['float32', 'float64'],
  Log: ['float32', 'float64'],
  Pow: ['float32', 'float64'],
  Sigmoid: ['float64'],
  Tanh: ['float64'],
}

/** A model with such an operator is run on a multiple of this many rows: no row is ever left over. */
export const stableRowBlock = 16

export function dependsOnRowCount(op: string, type: ElementType | undefined): boolean {
  const types = unstable[op]
  return types !== undefined && (type === undefined || types.includes(type))
}

import type { ElementType } from './tensor.ts'

/**
 * How an operator of ONNX Runtime's CPU provider (1.30, one thread) rounds. Measured over runs of 1, 3, 13, 4 096
 * and 20 000 rows by the test of the same name, which holds every operator that Pipewright uses.
 *
 * - `row`: the result for a row depends on that row alone.
 * - `lanes`: values are worked on in vector registers, and those left over at the end by scalar code that rounds
 *   differently; whole registers in every row make it stable.
 * - `address`: the order of a sum depends on where in memory the row lies; nothing makes it stable.
 */
export type Stability = 'row' | 'lanes' | 'address'

const lanes: Readonly<Record<string, readonly ElementType[]>> = {
  Atan: ['float32', 'float64'],
  Cos: ['float32', 'float64'],
  Exp: ['float64'],
  Log: ['float32', 'float64'],
  Sigmoid: ['float64'],
  Sin: ['float32', 'float64'],
  Softplus: ['float32'],
  Tanh: ['float64'],
}
const address: Readonly<Record<string, readonly ElementType[]>> = {
  ReduceL2: ['float32', 'float64'],
  ReduceMean: ['float32', 'float64'],
  ReduceSum: ['float32', 'float64'],
  Softmax: ['float64'],
}

/** Whether the type of its input has to be known to say how an operator rounds. */
export function isStableInEveryType(op: string): boolean {
  return !(op in lanes) && !(op in address)
}

export function stabilityOf(op: string, type: ElementType): Stability {
  if (lanes[op]?.includes(type)) return 'lanes'
  return address[op]?.includes(type) ? 'address' : 'row'
}

/** How many values of a type fill the widest vector register of today's processors (512 bits). */
export function lanesOf(type: ElementType): number {
  return type === 'float64' ? 8 : 16
}

/** Sums over the rows of a leaf. */
export interface LeafSums {
  gradient: number
  hessian: number
}

/** Penalties on the value of a leaf. */
export interface Penalties {
  l1: number
  l2: number
}

/** What monotone constraints leave a leaf's value, before the learning rate. */
export interface ValueBounds {
  lowest: number
  highest: number
}

export const unbounded: ValueBounds = { lowest: -Infinity, highest: Infinity }

/** The leaf value that lowers the second-order approximation of the loss most (Chen & Guestrin 2016, eq. 5, with L1). */
export function bestLeafValue({ gradient, hessian }: LeafSums, { l1, l2 }: Penalties): number {
  const divisor = hessian + l2
  return divisor > 0 ? -shrink(gradient, l1) / divisor : 0
}

/** Twice what a leaf with its best value takes off the loss (eq. 6). */
export function leafScore({ gradient, hessian }: LeafSums, { l1, l2 }: Penalties): number {
  const shrunk = shrink(gradient, l1)
  const divisor = hessian + l2
  return divisor > 0 ? (shrunk * shrunk) / divisor : 0
}

/** The same for any value. */
export function scoreOfValue(value: number, { gradient, hessian }: LeafSums, { l1, l2 }: Penalties): number {
  return -(2 * gradient * value + (hessian + l2) * value * value + 2 * l1 * Math.abs(value))
}

/** Soft thresholding. */
export function shrink(gradient: number, l1: number): number {
  return gradient > l1 ? gradient - l1 : gradient < -l1 ? gradient + l1 : 0
}

export const clampTo = (value: number, { lowest, highest }: ValueBounds): number =>
  Math.min(Math.max(value, lowest), highest)

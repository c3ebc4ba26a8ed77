/** Sums over the rows of a leaf. */
export interface LeafSums {
  gradient: number
  hessian: number
  rows: number
}

/** Penalties on the value of a leaf. */
export interface Penalties {
  l1: number
  l2: number
}

/** The leaf value that lowers the second-order approximation of the loss most (Chen & Guestrin 2016, eq. 5, with L1). */
export function bestLeafValue({ gradient, hessian }: LeafSums, { l1, l2 }: Penalties): number {
  return -shrink(gradient, l1) / (hessian + l2)
}

/** Twice what a leaf with that value takes off the loss (eq. 6). */
export function leafScore({ gradient, hessian }: LeafSums, { l1, l2 }: Penalties): number {
  const shrunk = shrink(gradient, l1)
  return (shrunk * shrunk) / (hessian + l2)
}

/** Soft thresholding. */
export function shrink(gradient: number, l1: number): number {
  return gradient > l1 ? gradient - l1 : gradient < -l1 ? gradient + l1 : 0
}

export const sumsWithout = (whole: LeafSums, part: LeafSums): LeafSums => ({
  gradient: whole.gradient - part.gradient,
  hessian: whole.hessian - part.hessian,
  rows: whole.rows - part.rows,
})

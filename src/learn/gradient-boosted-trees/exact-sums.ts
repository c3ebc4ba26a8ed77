/**
 * Sums of floating-point numbers depend on their order; sums of whole multiples of one power of two do not, as long as
 * they fit in 53 bits. So gradients and hessians are rounded to such a grid, finer than float32 up to some hundred
 * million rows: histograms are then exact, whoever adds them up in whatever order.
 *
 * The outcome is a number to add to and take from a value, which rounds it to the grid (round half to even).
 */
export function roundingConstant(options: { largest: number; count: number }): number {
  const bits = Math.ceil(Math.log2(Math.max(options.largest, Number.MIN_VALUE) * options.count))
  const unit = 2 ** (bits - 51)
  return 1.5 * 2 ** 52 * unit
}

const steps = [1, 2, 5] as const

/** Round moments of a time axis from 0, some five of them, in milliseconds. */
export function ticksOf(lengthMs: number): readonly number[] {
  const rough = Math.max(1, lengthMs / 5)
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = (steps.find((factor) => factor * size >= rough) ?? 10) * size
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step)
}

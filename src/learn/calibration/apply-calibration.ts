import { logOdds, type Calibration } from './calibration.ts'

/** The reference of what the graph computes, before it is rounded to float32. `complement` is the probability of the rest. */
export function applyCalibration(calibration: Calibration, probability: number, complement: number): number {
  switch (calibration.method) {
    case 'sigmoid': {
      const { slope, intercept } = calibration
      return 1 / (1 + Math.exp(-(slope * logOdds(probability, complement) + intercept)))
    }
    case 'isotonic':
      return interpolate(calibration, probability)
  }
}

function interpolate({ from, to }: { from: readonly number[]; to: readonly number[] }, at: number): number {
  const next = from.findIndex((bound) => bound > at)
  if (next === 0) return to[0]!
  if (next === -1) return to.at(-1)!
  const [low, high] = [from[next - 1]!, from[next]!]
  return to[next - 1]! + ((to[next]! - to[next - 1]!) / (high - low)) * (at - low)
}

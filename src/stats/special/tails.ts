import { incompleteBeta } from './incomplete-beta.ts'
import { upperGamma } from './incomplete-gamma.ts'

/** The probability that a standard normal variable is farther from 0 than `z`, on either side. */
export function normalTwoSided(z: number): number {
  return upperGamma(0.5, (z * z) / 2)
}

/** The probability that a variable of Student’s t distribution is larger. */
export function studentUpper(t: number, degreesOfFreedom: number): number {
  const beyond = incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2
  return t > 0 ? beyond : 1 - beyond
}

/** The probability that a chi-square variable is larger. */
export function chiSquareUpper(value: number, degreesOfFreedom: number): number {
  return upperGamma(degreesOfFreedom / 2, value / 2)
}

/** The probability that Kolmogorov's limiting distribution is larger (Marsaglia, Tsang and Wang 2003, section 1). */
export function kolmogorovUpper(x: number): number {
  if (x <= 0) return 1
  return x < 1 ? 1 - lowerBySeries(x) : upperBySeries(x)
}

/** Converges fast for small x. */
function lowerBySeries(x: number): number {
  const exponent = -(Math.PI ** 2) / (8 * x * x)
  let sum = 0
  for (let k = 1; k <= 15; k += 2) sum += Math.exp(exponent * k * k)
  return (Math.sqrt(2 * Math.PI) / x) * sum
}

/** Converges fast for large x. */
function upperBySeries(x: number): number {
  let sum = 0
  for (let k = 1; k <= 10; k++) sum += (k % 2 ? 1 : -1) * Math.exp(-2 * k * k * x * x)
  return 2 * sum
}

import { logGamma } from './log-gamma.ts'

const mostTerms = 10_000
const smallest = 1e-300

/**
 * The upper regularized incomplete gamma function Q(a, x) for a > 0 and x ≥ 0: by its series below a + 1, by its continued
 * fraction above (NIST Digital Library of Mathematical Functions, 8.11.4 and 8.9.2).
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Infinity) return 0
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? 1 - front * series(a, x) : front * continuedFraction(a, x)
}

function series(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < mostTerms; n++) {
    term *= x / (a + n)
    sum += term
    if (Math.abs(term) < Math.abs(sum) * Number.EPSILON) break
  }
  return sum
}

/** By Lentz' method. */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / smallest
  let d = 1 / b
  let value = d
  for (let n = 1; n < mostTerms; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / away(numerator * d + b)
    c = away(b + numerator / c)
    value *= d * c
    if (Math.abs(d * c - 1) < Number.EPSILON) break
  }
  return value
}

const away = (value: number): number => (Math.abs(value) < smallest ? smallest : value)

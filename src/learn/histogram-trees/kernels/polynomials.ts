import type { FunctionBody } from '../../../core/webassembly/function-body.ts'
import { f32x4, i32x4, type Value } from '../../../core/webassembly/value.ts'

/** e^x of four numbers, each within two units of the last place of float32; x is held within ±87. */
export function exponential(body: FunctionBody, x: Value<'v128'>): Value<'v128'> {
  const number = (constant: number): Value<'v128'> => body.keep(f32x4.constant(constant))
  const held = body.local('v128', f32x4.greatest(f32x4.least(x, number(87)), number(-87)))
  const turns = body.local('v128', f32x4.nearest(f32x4.multiply(held, number(Math.LOG2E))))
  // ln 2 in two parts, of which the first has few enough digits for exact products.
  const high = 0.693359375
  const rest = body.local('v128', f32x4.subtract(held, f32x4.multiply(turns, number(high))))
  body.set(rest, f32x4.subtract(rest, f32x4.multiply(turns, number(Math.LN2 - high))))
  const taylor = [1, 1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040]
  const power = body.local('v128', polynomial(body, rest, taylor))
  const exponent = i32x4.add(i32x4.truncate(turns), body.keep(i32x4.constant(127, 127, 127, 127)))
  return f32x4.multiply(power, i32x4.shiftLeft(exponent, 23))
}

/** ln(1 + x) of four numbers in [0, 1], within 1e-7. */
export function logOfOnePlus(body: FunctionBody, x: Value<'v128'>): Value<'v128'> {
  return f32x4.multiply(x, polynomial(body, x, logCoefficients))
}

/** The value of a polynomial at x, from its coefficients in ascending order (Horner). */
function polynomial(body: FunctionBody, x: Value<'v128'>, coefficients: readonly number[]): Value<'v128'> {
  return coefficients
    .toReversed()
    .map((coefficient): Value<'v128'> => body.keep(f32x4.constant(coefficient)))
    .reduce((sum, coefficient) => f32x4.add(f32x4.multiply(sum, x), coefficient))
}

/** Of the polynomial that equals ln(1 + x) / x at the Chebyshev nodes of [0, 1]. */
const logCoefficients = interpolate((x) => Math.log1p(x) / x, 10)

/** Newton's divided differences at Chebyshev nodes of [0, 1], multiplied out. */
function interpolate(of: (x: number) => number, count: number): number[] {
  const nodes = Array.from(
    { length: count },
    (_, index) => (1 - Math.cos((Math.PI * (index + 0.5)) / count)) / 2,
  )
  const differences = nodes.map(of)
  for (let order = 1; order < count; order++) {
    for (let index = count - 1; index >= order; index--) {
      const distance = nodes[index]! - nodes[index - order]!
      differences[index] = (differences[index]! - differences[index - 1]!) / distance
    }
  }
  let coefficients = [differences[count - 1]!]
  for (let index = count - 2; index >= 0; index--) {
    const shifted = [0, ...coefficients]
    coefficients = shifted.map((value, power) => value - nodes[index]! * (coefficients[power] ?? 0))
    coefficients[0]! += differences[index]!
  }
  return coefficients
}

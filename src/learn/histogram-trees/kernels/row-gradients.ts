import { defineFunction, type WasmFunction } from '../../../core/webassembly/module.ts'
import type { FunctionBody } from '../../../core/webassembly/function-body.ts'
import { f32, f32x4, f64x2, i32, i32x4, i64x2, v128, type Value } from '../../../core/webassembly/value.ts'

/**
 * Rounds derivatives (first and second of each row side by side, as float32) to whole multiples of two units and packs
 * them into the records: the gradient in the upper 16 bits, the hessian in the lower. Takes two rows at once, so that
 * the last record may be one too many.
 */
export function packGradients(options: {
  name: string
  stride: number
  gradientOffset: number
}): WasmFunction {
  const { name, stride, gradientOffset } = options
  const parameters = {
    derivatives: 'i32',
    end: 'i32',
    records: 'i32',
    gradientScale: 'f32',
    hessianScale: 'f32',
  } as const
  return defineFunction({ name, parameters }, (body, locals) => {
    const { derivatives, end, records, gradientScale, hessianScale } = locals
    const scales = body.local('v128', interleave(f32x4.splat(gradientScale), f32x4.splat(hessianScale)))
    const rounded = body.local('v128')
    body.loop(derivatives, { end, step: 16 }, () => {
      const scaled = f32x4.multiply(v128.load(derivatives), scales)
      body.set(rounded, i32x4.truncate(f32x4.nearest(scaled)))
      // In each half of 64 bits: gradient below, hessian above.
      body.set(rounded, v128.or(i64x2.shiftLeft(rounded, 16), i64x2.shiftRight(rounded, 32)))
      body.storeLane(records, rounded, { lane: 0, offset: gradientOffset })
      body.storeLane(records, rounded, { lane: 2, offset: stride + gradientOffset })
      body.set(records, i32.add(records, i32.constant(2 * stride)))
    })
  })
}

/** The first two numbers of each vector, by turns. */
function interleave(left: Value<'v128'>, right: Value<'v128'>): Value<'v128'> {
  return v128.shuffle(left, right, [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23])
}

/**
 * Measures derivatives from `begin` to `end`: writes at `out` the largest gradient and hessian and the sums of both, as
 * four float64, of absolute values.
 */
export function measureDerivatives(): WasmFunction {
  const parameters = { begin: 'i32', end: 'i32', out: 'i32' } as const
  return defineFunction({ name: 'measureDerivatives', parameters }, (body, { begin, end, out }) => {
    const size = body.local('v128')
    const largest = body.local('v128', f32x4.constant(0))
    const sums = body.local('v128', f64x2.constant(0))
    const upperHalf = (): Value<'v128'> => v128.shuffle(size, size, [...lastEight, ...lastEight])
    body.loop(begin, { end, step: 16 }, () => {
      body.set(size, f32x4.absolute(v128.load(begin)))
      body.set(largest, f32x4.greatest(largest, size))
      const both = f64x2.add(f64x2.promoteLow(size), f64x2.promoteLow(upperHalf()))
      body.set(sums, f64x2.add(sums, both))
    })
    body.set(size, largest)
    body.store(out, f64x2.promoteLow(f32x4.greatest(size, upperHalf())))
    body.store(out, sums, 16)
  })
}

const lastEight = [8, 9, 10, 11, 12, 13, 14, 15]

/**
 * Sums the derivatives of the rows whose numbers lie from `begin` to `end`, rounded to whole multiples of a unit each:
 * float64 adds those without an error, so that sums are the same in any order. A rounder is 1.5 × 2^52 units. Writes two
 * float64 at `out`.
 */
export function sumDerivatives(): WasmFunction {
  const parameters = {
    derivatives: 'i32',
    begin: 'i32',
    end: 'i32',
    gradientRounder: 'f64',
    hessianRounder: 'f64',
    out: 'i32',
  } as const
  return defineFunction({ name: 'sumDerivatives', parameters }, (body, locals) => {
    const { derivatives, begin, end, gradientRounder, hessianRounder, out } = locals
    const rounders = body.local('v128', f64x2.withLane(f64x2.splat(gradientRounder), 1, hessianRounder))
    const sums = body.local('v128', f64x2.constant(0))
    body.loop(begin, { end, step: 4 }, () => {
      const row = v128.load64(i32.add(derivatives, i32.shiftLeft(i32.load(begin), i32.constant(3))))
      const rounded = f64x2.subtract(f64x2.add(f64x2.promoteLow(row), rounders), rounders)
      body.set(sums, f64x2.add(sums, rounded))
    })
    body.store(out, sums)
  })
}

/** Adds a number to the scores of the rows whose numbers lie from `begin` to `end`. */
export function addToScores(): WasmFunction {
  const parameters = { scores: 'i32', begin: 'i32', end: 'i32', value: 'f32' } as const
  return defineFunction({ name: 'addToScores', parameters }, (body, { scores, begin, end, value }) => {
    const at = body.local('i32')
    body.loop(begin, { end, step: 4 }, () => {
      body.set(at, i32.add(scores, i32.shiftLeft(i32.load(begin), i32.constant(2))))
      body.store(at, f32.add(f32.load(at), value))
    })
  })
}

/** Writes gradients and hessians of four rows side by side. */
export function storeDerivatives(
  body: FunctionBody,
  at: Value<'i32'>,
  { gradients, hessians }: { gradients: Value<'v128'>; hessians: Value<'v128'> },
): void {
  const lastTwo = [8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31]
  body.store(at, interleave(gradients, hessians), 0)
  body.store(at, v128.shuffle(gradients, hessians, lastTwo), 16)
}

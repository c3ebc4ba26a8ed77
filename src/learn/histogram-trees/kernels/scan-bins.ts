import { defineFunction, type WasmFunction } from '../../../core/webassembly/module.ts'
import { f64, f64x2, i32, i32x4, v128, type Value } from '../../../core/webassembly/value.ts'
import { binBytes } from '../bin-layout.ts'

/** Bytes that a scan writes. */
export const scannedBytes = 32

/**
 * Tries every cut of one feature, with missing values right in one half of each vector and left in the other, and
 * writes at `out` the best score of both as float64, −∞ where no cut is allowed, and then as two numbers of 64 bits the
 * addresses of the last bins that go left. Scores and rules as in `find-split.ts`, for leaves of free values.
 *
 * `bins` is the address of the missing values’ bin, `end` of what comes after the last one. Sums are in units.
 */
export function scanBins(): WasmFunction {
  const parameters = {
    bins: 'i32',
    end: 'i32',
    gradientSum: 'f64',
    hessianSum: 'f64',
    gradientUnit: 'f64',
    hessianUnit: 'f64',
    l1: 'f64',
    l2: 'f64',
    minimumHessian: 'f64',
    out: 'i32',
  } as const
  return defineFunction({ name: 'scanBins', parameters }, (body, locals) => {
    const { bins, end, out } = locals
    const twice = (key: Exclude<keyof typeof parameters, 'bins' | 'end' | 'out'>): Value<'v128'> =>
      body.local('v128', f64x2.splat(locals[key]))
    const [sums, units, l1, l2, least] = [
      { gradient: twice('gradientSum'), hessian: twice('hessianSum') },
      { gradient: twice('gradientUnit'), hessian: twice('hessianUnit') },
      twice('l1'),
      twice('l2'),
      twice('minimumHessian'),
    ]
    const nothing = f64x2.constant(0)
    const gradientOf = (bin: Value<'i32'>): Value<'v128'> => f64x2.ofSigned(v128.load32Splat(bin, 4))
    const hessianOf = (bin: Value<'i32'>): Value<'v128'> => f64x2.ofUnsigned(v128.load32Splat(bin))
    const gradient = body.local('v128', f64x2.withLane(gradientOf(bins), 0, f64.constant(0)))
    const hessian = body.local('v128', f64x2.withLane(hessianOf(bins), 0, f64.constant(0)))
    const best = body.local('v128', f64x2.constant(-Infinity))
    const bestBins = body.local('v128', nothing)
    const score = body.local('v128')
    const isBetter = body.local('v128')
    const [left, right] = [body.local('v128'), body.local('v128')]
    const shrunk = (sum: Value<'v128'>): Value<'v128'> =>
      f64x2.greatest(f64x2.subtract(f64x2.absolute(sum), l1), nothing)
    const scoreOf = (sum: Value<'v128'>, weight: Value<'v128'>): Value<'v128'> => {
      const size = body.local('v128', shrunk(f64x2.multiply(sum, units.gradient)))
      return f64x2.divide(f64x2.multiply(size, size), f64x2.add(weight, l2))
    }
    body.set(bins, i32.add(bins, i32.constant(binBytes)))
    body.loop(bins, { end, step: binBytes }, () => {
      body.set(gradient, f64x2.add(gradient, gradientOf(bins)))
      body.set(hessian, f64x2.add(hessian, hessianOf(bins)))
      body.set(left, f64x2.multiply(hessian, units.hessian))
      body.set(right, f64x2.multiply(f64x2.subtract(sums.hessian, hessian), units.hessian))
      const rest = f64x2.subtract(sums.gradient, gradient)
      body.set(score, f64x2.add(scoreOf(gradient, left), scoreOf(rest, right)))
      const haveSome = v128.and(f64x2.lessThan(nothing, left), f64x2.lessThan(nothing, right))
      const haveEnough = v128.and(f64x2.atLeast(left, least), f64x2.atLeast(right, least))
      body.set(isBetter, v128.and(v128.and(haveSome, haveEnough), f64x2.lessThan(best, score)))
      body.set(best, v128.select(score, best, isBetter))
      body.set(bestBins, v128.select(i32x4.splat(bins), bestBins, isBetter))
    })
    body.store(out, best)
    body.store(out, bestBins, 16)
  })
}

import { defineFunction, type WasmFunction } from '../../../core/webassembly/module.ts'
import type { FunctionBody, Local } from '../../../core/webassembly/function-body.ts'
import { f32, f32x4, f64, i32, v128, type Value } from '../../../core/webassembly/value.ts'
import { exponential, logOfOnePlus } from './polynomials.ts'
import { storeDerivatives } from './row-gradients.ts'

/** Loss sums of so many rows are added in float32 before they go into a float64. */
const rowsInFloat32 = 64

interface Rows {
  margins: Local<'v128'>
  targets: Local<'v128'>
  weights: Local<'v128'>
}

/** Unweighted. */
interface Derived {
  gradients: Value<'v128'>
  hessians: Value<'v128'>
  losses: Value<'v128'>
}

/**
 * Derivatives of a loss on four rows at once, from addresses of scores (to `end`), targets and weights; the sum of the
 * weighted losses is returned. Rows beyond the last have weight 0.
 */
function lossFunction(name: string, derive: (body: FunctionBody, rows: Rows) => Derived): WasmFunction {
  const parameters = {
    scores: 'i32',
    end: 'i32',
    targets: 'i32',
    weights: 'i32',
    derivatives: 'i32',
    base: 'f32',
  } as const
  return defineFunction({ name, parameters, result: 'f64' }, (body, locals) => {
    const { scores, end, targets, weights, derivatives, base } = locals
    const total = body.local('f64', f64.constant(0))
    const partEnd = body.local('i32')
    const losses = body.local('v128')
    const rows = { margins: body.local('v128'), targets: body.local('v128'), weights: body.local('v128') }
    body.loop(scores, { end, step: 0 }, () => {
      body.set(partEnd, i32.least(i32.add(scores, i32.constant(4 * rowsInFloat32)), end))
      body.set(losses, f32x4.constant(0))
      body.loop(scores, { end: partEnd, step: 16 }, () => {
        body.set(rows.margins, f32x4.add(v128.load(scores), f32x4.splat(base)))
        body.set(rows.targets, v128.load(targets))
        body.set(rows.weights, v128.load(weights))
        const derived = derive(body, rows)
        storeDerivatives(body, derivatives, {
          gradients: f32x4.multiply(derived.gradients, rows.weights),
          hessians: f32x4.multiply(derived.hessians, rows.weights),
        })
        body.set(losses, f32x4.add(losses, f32x4.multiply(derived.losses, rows.weights)))
        for (const pointer of [targets, weights]) body.set(pointer, i32.add(pointer, i32.constant(16)))
        body.set(derivatives, i32.add(derivatives, i32.constant(32)))
      })
      for (const lane of [0, 1, 2, 3]) {
        body.set(total, f64.add(total, f64.promote(f32.lane(losses, lane))))
      }
    })
    body.result(total)
  })
}

/** Log loss of targets 0 and 1 when margins are log-odds. */
export const logisticDerivatives = (): WasmFunction =>
  lossFunction('logisticDerivatives', (body, { margins, targets }) => {
    const one = body.keep(f32x4.constant(1))
    const nothing = f32x4.constant(0)
    const away = body.local('v128', exponential(body, f32x4.negate(f32x4.absolute(margins))))
    const share = body.local('v128', f32x4.divide(one, f32x4.add(one, away)))
    const isNegative = f32x4.lessThan(margins, nothing)
    const other = body.local('v128', f32x4.multiply(away, share))
    const probability = v128.select(other, share, isNegative)
    const positivePart = f32x4.greatest(margins, nothing)
    return {
      gradients: f32x4.subtract(probability, targets),
      hessians: f32x4.multiply(share, other),
      // ln(1 + e^margin) − target × margin, without overflow.
      losses: f32x4.add(
        logOfOnePlus(body, away),
        f32x4.subtract(positivePart, f32x4.multiply(targets, margins)),
      ),
    }
  })

/** Poisson deviance, halved and without what the target alone adds, when margins are logs of the mean. */
export const poissonDerivatives = (): WasmFunction =>
  lossFunction('poissonDerivatives', (body, { margins, targets }) => {
    const mean = body.local('v128', exponential(body, margins))
    return {
      gradients: f32x4.subtract(mean, targets),
      hessians: mean,
      losses: f32x4.subtract(mean, f32x4.multiply(targets, margins)),
    }
  })

/**
 * Log loss of one of several classes: `norms` hold, of each row, the largest margin and then, `normsApart` bytes on,
 * one over the sum of e^(margin − largest). Classes are compared with the target as numbers.
 */
export function softmaxDerivatives(): WasmFunction {
  const parameters = {
    scores: 'i32',
    end: 'i32',
    targets: 'i32',
    weights: 'i32',
    derivatives: 'i32',
    base: 'f32',
    norms: 'i32',
    normsApart: 'i32',
    code: 'f32',
  } as const
  return defineFunction({ name: 'softmaxDerivatives', parameters }, (body, locals) => {
    const { scores, end, targets, weights, derivatives, base, norms, normsApart, code } = locals
    const one = body.keep(f32x4.constant(1))
    const weight = body.local('v128')
    const probability = body.local('v128')
    body.loop(scores, { end, step: 16 }, () => {
      const margins = f32x4.add(v128.load(scores), f32x4.splat(base))
      const powers = exponential(body, f32x4.subtract(margins, v128.load(norms)))
      body.set(probability, f32x4.multiply(powers, v128.load(i32.add(norms, normsApart))))
      body.set(weight, v128.load(weights))
      const distance = f32x4.absolute(f32x4.subtract(v128.load(targets), f32x4.splat(code)))
      const isClass = f32x4.subtract(one, f32x4.least(distance, one))
      const rest = f32x4.greatest(f32x4.subtract(one, probability), f32x4.constant(0))
      storeDerivatives(body, derivatives, {
        gradients: f32x4.multiply(f32x4.subtract(probability, isClass), weight),
        hessians: f32x4.multiply(f32x4.multiply(probability, rest), weight),
      })
      for (const pointer of [targets, weights, norms]) body.set(pointer, i32.add(pointer, i32.constant(16)))
      body.set(derivatives, i32.add(derivatives, i32.constant(32)))
    })
  })
}

/** Adds e^(score + base − largest) of each row to `sums`. */
export function addExponentials(): WasmFunction {
  const parameters = { scores: 'i32', end: 'i32', base: 'f32', largest: 'i32', sums: 'i32' } as const
  return defineFunction({ name: 'addExponentials', parameters }, (body, locals) => {
    const { scores, end, base, largest, sums } = locals
    body.loop(scores, { end, step: 16 }, () => {
      const margins = f32x4.add(v128.load(scores), f32x4.splat(base))
      const powers = exponential(body, f32x4.subtract(margins, v128.load(largest)))
      body.store(sums, f32x4.add(v128.load(sums), powers))
      for (const pointer of [largest, sums]) body.set(pointer, i32.add(pointer, i32.constant(16)))
    })
  })
}

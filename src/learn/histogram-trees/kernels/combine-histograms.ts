import { defineFunction, type WasmFunction } from '../../../core/webassembly/module.ts'
import { i32, i64x2, v128, type Value } from '../../../core/webassembly/value.ts'

type Combine = (left: Value<'v128'>, right: Value<'v128'>) => Value<'v128'>

/** `target = left + right`, over pairs of bins: `end` is the end of the target. */
export const addHistograms = (): WasmFunction => combine('addHistograms', i64x2.add)
/** `target = left − right`. */
export const subtractHistograms = (): WasmFunction => combine('subtractHistograms', i64x2.subtract)

function combine(name: string, operation: Combine): WasmFunction {
  const parameters = { target: 'i32', left: 'i32', right: 'i32', end: 'i32' } as const
  return defineFunction({ name, parameters }, (body, { target, left, right, end }) => {
    body.loop(target, { end, step: 16 }, () => {
      body.store(target, operation(v128.load(left), v128.load(right)))
      body.set(left, i32.add(left, i32.constant(16)))
      body.set(right, i32.add(right, i32.constant(16)))
    })
  })
}

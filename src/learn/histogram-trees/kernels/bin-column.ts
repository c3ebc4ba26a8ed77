import { defineFunction, type WasmFunction } from '../../../core/webassembly/module.ts'
import { f32, i32, type Value } from '../../../core/webassembly/value.ts'

export const binColumnName = (levels: number): string => `binColumn${levels}`

/**
 * Puts the values of one feature into bins: 0 for missing, else one more than the number of cuts below the value.
 * `cuts` are 2^levels − 1 ascending numbers, filled up with infinity, searched without a branch. Values lie `width` bytes
 * apart; bins go to a column, one byte a row, and to records `stride` bytes apart.
 */
export function binColumn(levels: number): WasmFunction {
  const parameters = {
    values: 'i32',
    width: 'i32',
    cuts: 'i32',
    column: 'i32',
    columnEnd: 'i32',
    records: 'i32',
    stride: 'i32',
  } as const
  return defineFunction({ name: binColumnName(levels), parameters }, (body, locals) => {
    const { values, width, cuts, column, columnEnd, records, stride } = locals
    const value = body.local('f32')
    const place = body.local('i32')
    const bin = body.local('i32')
    body.loop(column, { end: columnEnd, step: 1 }, () => {
      body.set(value, f32.load(values))
      body.set(place, cuts)
      for (let level = levels - 1; level >= 0; level--) {
        const middle = f32.load(place, 4 * (2 ** level - 1))
        const isBelow: Value<'i32'> = f32.lessThan(middle, value)
        body.set(place, i32.add(place, i32.shiftLeft(isBelow, i32.constant(level + 2))))
      }
      const isNumber = i32.xor(f32.notEqual(value, value), i32.constant(1))
      const below = i32.shiftRightSigned(i32.subtract(place, cuts), i32.constant(2))
      body.set(bin, i32.multiply(isNumber, i32.add(below, i32.constant(1))))
      body.store8(column, bin)
      body.store8(records, bin)
      body.set(values, i32.add(values, width))
      body.set(records, i32.add(records, stride))
    })
  })
}

import { defineFunction, type WasmFunction } from '../../../core/webassembly/module.ts'
import { i32 } from '../../../core/webassembly/value.ts'

/**
 * Reorders the row numbers from address `begin` to address `end` so that those which go left come first, each side in
 * its former order, and returns the address where the right side begins. `goesLeft` is a table of 256 bytes, one a
 * bin; `scratch` has room for the right side. In a `column` each row has one byte.
 */
export function partitionRows(): WasmFunction {
  const parameters = { column: 'i32', begin: 'i32', end: 'i32', goesLeft: 'i32', scratch: 'i32' } as const
  return defineFunction({ name: 'partitionRows', parameters, result: 'i32' }, (body, locals) => {
    const { column, begin, end, goesLeft, scratch } = locals
    const left = body.local('i32', begin)
    const right = body.local('i32', scratch)
    const row = body.local('i32')
    const step = body.local('i32')
    body.loop(begin, { end, step: 4 }, () => {
      body.set(row, i32.load(begin))
      const isLeft = i32.load8(i32.add(goesLeft, i32.load8(i32.add(column, row))))
      body.set(step, i32.shiftLeft(isLeft, i32.constant(2)))
      body.store(left, row)
      body.store(right, row)
      body.set(left, i32.add(left, step))
      body.set(right, i32.add(right, i32.subtract(i32.constant(4), step)))
    })
    body.copy({ to: left, from: scratch, bytes: i32.subtract(right, scratch) })
    body.result(left)
  })
}

/** How many of the rows would go left. */
export function countLeftRows(): WasmFunction {
  const parameters = { column: 'i32', begin: 'i32', end: 'i32', goesLeft: 'i32' } as const
  return defineFunction({ name: 'countLeftRows', parameters, result: 'i32' }, (body, locals) => {
    const { column, begin, end, goesLeft } = locals
    const count = body.local('i32', i32.constant(0))
    body.loop(begin, { end, step: 4 }, () => {
      const bin = i32.load8(i32.add(column, i32.load(begin)))
      body.set(count, i32.add(count, i32.load8(i32.add(goesLeft, bin))))
    })
    body.result(count)
  })
}

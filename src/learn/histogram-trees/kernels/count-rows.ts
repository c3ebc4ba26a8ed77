import { defineFunction, type WasmFunction } from '../../../core/webassembly/module.ts'
import type { FunctionBody, Local } from '../../../core/webassembly/function-body.ts'
import { i32, i64, type Value } from '../../../core/webassembly/value.ts'
import { binBytes, type RecordBlock } from '../bin-layout.ts'

/** So many rows are touched before they are counted: their cache misses then overlap. */
const touchedRows = 96

/**
 * Counts rows into a histogram: each row of a block is one record with the bins of its features and its packed
 * gradient, and each bin one number of 64 bits in which an addition updates two sums at once: gradients in the upper
 * half, hessians in the lower. Unrolled for the features of the block.
 *
 * `rows: 'all'` takes the rows from `begin` to `end`, `'indexed'` the rows whose numbers lie from address `begin` to
 * address `end`. `adds: 'one'` counts rows in place of gradients.
 */
export function countRows(options: {
  name: string
  block: RecordBlock
  rows: 'all' | 'indexed'
  adds: 'gradients' | 'one'
}): WasmFunction {
  const { name, block, rows, adds } = options
  const parameters = { records: 'i32', begin: 'i32', end: 'i32', histogram: 'i32' } as const
  return defineFunction({ name, parameters, result: 'i32' }, (body, { records, begin, end, histogram }) => {
    const record = body.local('i32')
    const added = body.local('i64')
    const touched = body.local('i32', i32.constant(0))
    const at = body.local('i32', begin)
    const stride = i32.constant(block.stride)
    const countRecord = (row: Value<'i32'>): void => {
      body.set(record, i32.add(records, i32.multiply(row, stride)))
      body.set(added, adds === 'one' ? i64.constant(1) : unpack(i32.load(record, block.gradientOffset)))
      addToBins(body, { block, record, added, histogram })
    }
    if (rows === 'all') {
      body.loop(at, { end, step: 1 }, () => countRecord(at))
    } else {
      const batchEnd = body.local('i32')
      const ahead = body.local('i32')
      body.loop(at, { end, step: 0 }, () => {
        body.set(batchEnd, i32.least(i32.add(at, i32.constant(4 * touchedRows)), end))
        body.set(ahead, at)
        body.loop(ahead, { end: batchEnd, step: 4 }, () => {
          const first = i32.load(i32.add(records, i32.multiply(i32.load(ahead), stride)))
          body.set(touched, i32.xor(touched, first))
        })
        body.loop(at, { end: batchEnd, step: 4 }, () => countRecord(i32.load(at)))
      })
    }
    // What was touched is returned, so that no engine leaves the touching out.
    body.result(touched)
  })
}

/** Gradient (signed, upper 16 bits) and hessian (lower 16 bits) as halves of 64 bits. */
function unpack(packed: Value<'i32'>): Value<'i64'> {
  const gradient = i64.extendSigned(i32.shiftRightSigned(packed, i32.constant(16)))
  const hessian = i64.extendUnsigned(i32.and(packed, i32.constant(0xffff)))
  return i64.add(i64.shiftLeft(gradient, i64.constant(32)), hessian)
}

function addToBins(
  body: FunctionBody,
  parts: { block: RecordBlock; record: Local<'i32'>; added: Local<'i64'>; histogram: Local<'i32'> },
): void {
  const { block, record, added, histogram } = parts
  const entry = body.local('i32')
  for (const [place, offset] of block.offsets.entries()) {
    // Loading each byte takes fewer instructions than cutting it out of a word.
    const distance = i32.shiftLeft(i32.load8(record, place), i32.constant(Math.log2(binBytes)))
    body.set(entry, i32.add(histogram, distance))
    body.store(entry, i64.add(i64.load(entry, offset), added), offset)
  }
}

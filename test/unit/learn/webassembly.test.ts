import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exponential, logOfOnePlus } from '../../../src/learn/histogram-trees/kernels/polynomials.ts'
import { partitionRows } from '../../../src/learn/histogram-trees/kernels/partition-rows.ts'
import { countRows } from '../../../src/learn/histogram-trees/kernels/count-rows.ts'
import { packGradients, sumDerivatives } from '../../../src/learn/histogram-trees/kernels/row-gradients.ts'
import { layOutBins } from '../../../src/learn/histogram-trees/bin-layout.ts'
import { sortFloats } from '../../../src/learn/histogram-trees/sort-floats.ts'
import { compile, instantiate, sharedMemory } from '../../../src/core/webassembly/engine.ts'
import { signed, unsigned } from '../../../src/core/webassembly/encoding.ts'
import { defineFunction, encodeModule, type WasmFunction } from '../../../src/core/webassembly/module.ts'
import { f32x4, i32, i64, v128 } from '../../../src/core/webassembly/value.ts'
import { createRandom } from '../../../src/tables/random.ts'

type Call = (...numbers: number[]) => number

function load(functions: readonly WasmFunction[]) {
  const memory = sharedMemory(16)
  return { memory, exports: instantiate(compile(encodeModule(functions)), memory) as Record<string, Call> }
}

describe('the emitter of WebAssembly', () => {
  it('writes numbers as the format wants them', () => {
    expect([0, 127, 128, 624_485].map(unsigned)).toEqual([[0], [127], [128, 1], [0xe5, 0x8e, 0x26]])
    expect([0, -1, 63, 64, -64, -65, -123_456].map(signed)).toEqual([
      [0],
      [0x7f],
      [0x3f],
      [0xc0, 0],
      [0x40],
      [0xbf, 0x7f],
      [0xc0, 0xbb, 0x78],
    ])
  })

  it('keeps constants', () => {
    fc.assert(
      fc.property(fc.integer(), (number) => {
        const { exports } = load([
          defineFunction({ name: 'same', parameters: {}, result: 'i32' }, (body) =>
            body.result(i32.constant(number)),
          ),
          defineFunction({ name: 'wide', parameters: {}, result: 'i32' }, (body) =>
            body.result(i32.wrap(i64.constant(number))),
          ),
        ])
        expect([exports['same']!(), exports['wide']!()]).toEqual([number, number])
      }),
      { numRuns: 30 },
    )
  })

  it('repeats a loop as long as its counter is below the end, and never when it is not', () => {
    const { exports } = load([
      defineFunction({ name: 'sum', parameters: { end: 'i32' }, result: 'i32' }, (body, { end }) => {
        const at = body.local('i32', i32.constant(0))
        const sum = body.local('i32', i32.constant(0))
        body.loop(at, { end, step: 3 }, () => body.set(sum, i32.add(sum, at)))
        body.result(sum)
      }),
    ])
    expect([0, 1, 4, 10].map((end) => exports['sum']!(end))).toEqual([0, 0, 3, 18])
  })
})

/** Applies a function of four numbers at once to many. */
function mapped(
  values: readonly number[],
  of: (...args: Parameters<typeof exponential>) => ReturnType<typeof exponential>,
) {
  const bytes = 4 * values.length
  const { memory, exports } = load([
    defineFunction({ name: 'map', parameters: { at: 'i32', end: 'i32' } }, (body, { at, end }) => {
      body.loop(at, { end, step: 16 }, () => body.store(at, of(body, v128.load(at))))
    }),
  ])
  const numbers = new Float32Array(memory.buffer, 0, values.length)
  numbers.set(values)
  exports['map']!(0, bytes)
  return [...numbers]
}

describe('kernels', () => {
  it('take exponentials and logarithms to the last digits of float32', () => {
    const xs = Array.from({ length: 4000 }, (_, index) => Math.fround(index / 23 - 87))
    for (const [index, power] of mapped(xs, exponential).entries())
      expect(Math.abs(power / Math.exp(xs[index]!) - 1)).toBeLessThan(3e-7)
    const shares = Array.from({ length: 4000 }, (_, index) => Math.fround(index / 3999))
    for (const [index, log] of mapped(shares, logOfOnePlus).entries())
      expect(Math.abs(log - Math.log1p(shares[index]!))).toBeLessThan(2e-7)
    expect(mapped([100, -100, 0, 1], (_, x) => f32x4.greatest(x, f32x4.constant(0)))).toEqual([100, 0, 0, 1])
  })

  it('part rows and keep their order', () => {
    const { memory, exports } = load([partitionRows()])
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 60 }), fc.nat({ max: 9 }), (bins, last) => {
        new Uint8Array(memory.buffer, 0, 256).fill(0).fill(1, 0, last + 1)
        new Uint8Array(memory.buffer, 256, bins.length).set(bins)
        const rows = new Uint32Array(memory.buffer, 1024, bins.length)
        rows.set([...bins.keys()])
        const middle = exports['partitionRows']!(256, 1024, 1024 + 4 * bins.length, 0, 2048)
        const left = [...bins.keys()].filter((row) => bins[row]! <= last)
        const right = [...bins.keys()].filter((row) => bins[row]! > last)
        expect([...rows]).toEqual([...left, ...right])
        expect((middle - 1024) / 4).toBe(left.length)
      }),
    )
  })

  it('sum derivatives to the same bits in any order', () => {
    const { memory, exports } = load([sumDerivatives()])
    const random = createRandom(3)
    const count = 500
    const derivatives = Float32Array.from(
      { length: 2 * count },
      () => random.unit() ** 9 - random.unit() ** 9,
    )
    new Float32Array(memory.buffer, 0, 2 * count).set(derivatives)
    const rounder = 1.5 * 2 ** (52 - 42)
    const sums = (rows: number[]): number[] => {
      new Uint32Array(memory.buffer, 65_536, count).set(rows)
      exports['sumDerivatives']!(0, 65_536, 65_536 + 4 * count, rounder, rounder, 131_072)
      return [...new Float64Array(memory.buffer, 131_072, 2)]
    }
    const rows = Array.from({ length: count }, (_, row) => row)
    const found = sums(rows)
    expect(sums(rows.toReversed())).toEqual(found)
    for (const [at, sum] of found.entries()) {
      const exact = rows.reduce((total, row) => total + derivatives[2 * row + at]!, 0)
      expect(Math.abs(sum - exact)).toBeLessThan((count / 2) * 2 ** -42)
    }
  })

  it('count packed gradients into the bins of any number of features', () => {
    for (const features of [1, 4, 9, 28]) {
      const random = createRandom(features)
      const bins = Array.from({ length: features }, () => ({
        kind: 'number' as const,
        cuts: Float32Array.from({ length: 6 }),
        hasMissing: true,
        hasValues: true,
      }))
      const { blocks, offsets } = layOutBins(bins)
      const [block] = blocks
      const { stride, gradientOffset } = block!
      const { memory, exports } = load([
        packGradients({ name: 'pack', stride, gradientOffset }),
        countRows({ name: 'all', block: block!, rows: 'all', adds: 'gradients' }),
        countRows({ name: 'some', block: block!, rows: 'indexed', adds: 'gradients' }),
        countRows({ name: 'ones', block: block!, rows: 'indexed', adds: 'one' }),
      ])
      const rows = 70
      const bytes = new Uint8Array(memory.buffer)
      const binsOf = Array.from({ length: rows }, () =>
        Array.from({ length: features }, () => random.below(8)),
      )
      for (const [row, own] of binsOf.entries()) bytes.set(own, row * stride)
      const derivatives = Float32Array.from(
        { length: 2 * rows },
        (_, at) => (random.below(2001) - (at & 1 ? 0 : 1000)) / 10,
      )
      new Float32Array(memory.buffer, 65_536, 2 * rows).set(derivatives)
      new Uint32Array(memory.buffer, 131_072, rows).set(Array.from({ length: rows }, (_, row) => row))
      exports['pack']!(65_536, 65_536 + 8 * rows, 0, 10, 10)
      const words = (at: number) => new Int32Array(memory.buffer, at, offsets[features]! / 4)
      exports['all']!(0, 0, rows, 200_000)
      exports['some']!(0, 131_072, 131_072 + 4 * rows, 300_000)
      exports['ones']!(0, 131_072, 131_072 + 4 * rows, 400_000)
      const wanted = new Int32Array(offsets[features]! / 4)
      const counts = new Int32Array(wanted.length)
      for (const [row, own] of binsOf.entries()) {
        for (const [feature, bin] of own.entries()) {
          const at = offsets[feature]! / 4 + 2 * bin
          wanted[at]! += Math.round(10 * derivatives[2 * row + 1]!)
          wanted[at + 1]! += Math.round(10 * derivatives[2 * row]!)
          counts[at]! += 1
        }
      }
      expect(words(200_000)).toEqual(wanted)
      expect(words(300_000)).toEqual(wanted)
      expect(words(400_000)).toEqual(counts)
    }
  })

  it('sort numbers as numbers', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true })), (numbers) => {
        const values = Float32Array.from(numbers)
        const sorted = values.slice()
        sortFloats(sorted)
        expect(sorted).toEqual(values.toSorted())
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { categoryMethods, numberMethods, type DriftMethod } from '../../../src/core/drift-methods.ts'
import type { ColumnType } from '../../../src/core/columns.ts'
import { compareColumn, type ColumnSide } from '../../../src/stats/compare-column.ts'
import { defaultDriftSettings } from '../../../src/stats/drift-settings.ts'
import type { ColumnValues, SketchedColumn } from '../../../src/stats/prepared-column.ts'
import { createRandom, type Random } from '../../../src/tables/random.ts'
import { ColumnSketcher, type SketchDetail } from '../../../src/tables/sketch/column-sketcher.ts'

type OwnType = Exclude<ColumnType, 'vector'>

function sketched(values: ColumnValues, type: OwnType, detail: SketchDetail = 'fine'): SketchedColumn {
  const sketcher = new ColumnSketcher({ name: 'own', type }, detail)
  for (let start = 0; start < values.length; start += 4096) sketcher.add(values.slice(start, start + 4096))
  return { rows: values.length, sketch: sketcher.finish() }
}

function compared(sides: { reference: ColumnSide; current: ColumnSide }, type: OwnType, method: DriftMethod) {
  const found = compareColumn({ name: 'own', type }, sides, {
    ...defaultDriftSettings,
    byColumn: { own: { method } },
  })
  const { low = found.score!, high = found.score! } = found.bounds ?? {}
  return { ...found, score: found.score!, low, high }
}

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())

/** How a number is drawn, by how far the current ones are from the reference. */
const numbers: Readonly<Record<string, (random: Random, shift: number) => number>> = {
  normal: (random, shift) => normal(random) + shift,
  'with heavy tails': (random, shift) => Math.tan(Math.PI * (random.unit() - 0.5)) + shift,
  'with many ties': (random, shift) => Math.round(normal(random) * 3 + shift),
  'half of them zero': (random, shift) => (random.unit() < 0.5 + shift / 10 ? 0 : normal(random)),
  'times in milliseconds': (random, shift) => 1.7e12 + Math.floor((random.unit() + shift / 10) * 3e10),
  'missing, infinite or there': (random, shift) =>
    [NaN, Infinity, normal(random) + shift, normal(random)][random.below(4)]!,
}

describe.each(Object.entries(numbers))('from sketches of numbers that are %s', (name, draw) => {
  const random = createRandom(4, name)
  const sample = (rows: number, shift: number) =>
    Float64Array.from({ length: rows }, () => draw(random, shift))
  const reference = sample(30_000, 0)
  const before = sketched(reference, 'number')

  it.each(numberMethods)('%s lies within the bounds that are stated', (method) => {
    for (const shift of [0, 0.3]) {
      const current = sample(12_000, shift)
      const exact = compared({ reference, current }, 'number', method)
      for (const side of [current, sketched(current, 'number')]) {
        const found = compared({ reference: before, current: side }, 'number', method)
        expect(exact.score).toBeGreaterThanOrEqual(found.low - 1e-9)
        expect(exact.score).toBeLessThanOrEqual(found.high + 1e-9)
        expect(found.score).toBeGreaterThanOrEqual(found.low)
        expect(found.score).toBeLessThanOrEqual(found.high)
        expect(found.missing).toEqual(exact.missing)
        expect(found.rows).toEqual(exact.rows)
      }
    }
  })

  it('a sketch that is there to be looked at alone tells less, and says so', () => {
    const current = sample(5_000, 0.3)
    const exact = compared({ reference, current }, 'number', 'kolmogorov-smirnov')
    const brief = compared(
      { reference: sketched(reference, 'number', 'brief'), current },
      'number',
      'kolmogorov-smirnov',
    )
    expect(exact.score).toBeGreaterThanOrEqual(brief.low - 1e-9)
    expect(exact.score).toBeLessThanOrEqual(brief.high + 1e-9)
  })
})

describe('from sketches of texts', () => {
  const random = createRandom(8)
  const texts = (rows: number, kinds: number, from = 0) =>
    Array.from({ length: rows }, () => {
      const kind = Math.floor(random.unit() ** 3 * kinds) + from
      return kind % 17 === 5 ? '' : `kind ${kind}`
    })

  it.each(categoryMethods)('%s of few categories is exact', (method) => {
    for (const from of [0, 2]) {
      const [reference, current] = [texts(20_000, 6), texts(9_000, 6, from)]
      const exact = compared({ reference, current }, 'text', method)
      const found = compared({ reference: sketched(reference, 'text'), current }, 'text', method)
      expect(found.score).toBeCloseTo(exact.score, 9)
      expect(found.bounds).toBeUndefined()
      expect(found.unseen).toBeCloseTo(exact.unseen!, 12)
    }
  })

  it.each(categoryMethods)('%s of many takes those that are not listed together', (method) => {
    for (const from of [0, 300]) {
      const [reference, current] = [texts(20_000, 5000), texts(9_000, 5000, from)]
      const before = sketched(reference, 'text')
      const listed = new Set(['', ...before.sketch.top.map(({ value }) => value)])
      const together = (values: readonly string[]) =>
        values.map((value) => (listed.has(value) ? value : 'others'))
      const exact = compared({ reference: together(reference), current: together(current) }, 'text', method)
      const found = compared({ reference: before, current }, 'text', method)
      expect(exact.score).toBeGreaterThanOrEqual(found.low - 1e-9)
      expect(exact.score).toBeLessThanOrEqual(found.high + 1e-9)
    }
  })

  it('names no share of unseen texts where a sketch cannot tell', () => {
    const reference = sketched(texts(20_000, 5000), 'text')
    expect(compared({ reference, current: ['kind 1'] }, 'text', 'jensen-shannon').unseen).toBeUndefined()
  })
})

describe('from a sketch', () => {
  it('numbers with few values, and true and false, are compared as rows are', () => {
    const random = createRandom(2)
    for (const [type, values] of [
      ['boolean', 2],
      ['integer', 4],
    ] as const) {
      const sample = (rows: number) => Float64Array.from({ length: rows }, () => random.below(values))
      const [reference, current] = [sample(800), sample(500)]
      const exact = compareColumn({ name: 'own', type }, { reference, current }, defaultDriftSettings)
      const found = compareColumn(
        { name: 'own', type },
        { reference: sketched(reference, type), current },
        defaultDriftSettings,
      )
      expect(found.method).toBe(exact.method)
      expect(found.score).toBeCloseTo(exact.score!, 9)
      expect(found.pValue).toBeCloseTo(exact.pValue!, 9)
      expect(found.bounds).toBeUndefined()
    }
  })

  it('the distance of a million rows is told to within a hundredth', () => {
    const random = createRandom(6)
    const sample = (shift: number) => Float64Array.from({ length: 1_000_000 }, () => normal(random) + shift)
    const sides = { reference: sketched(sample(0), 'number'), current: sketched(sample(0.2), 'number') }
    // Of normal distributions that are shifted by 0.2: 2 Φ(0.1) - 1.
    const found = compared(sides, 'number', 'kolmogorov-smirnov')
    expect(found.score).toBeCloseTo(0.07966, 2)
    expect(found.high - found.low).toBeLessThan(0.02)
    expect(compared(sides, 'number', 'wasserstein').score).toBeCloseTo(0.2, 2)
  })
})

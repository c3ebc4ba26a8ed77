import { describe, expect, it } from 'vitest'
import { rocAucWithError } from '../../../src/learn/metrics/delong.ts'
import type { PooledColumn } from '../../../src/learn/tell-apart/pooled-rows.ts'
import { tellApart } from '../../../src/learn/tell-apart/tell-apart.ts'
import { createRandom, type Random } from '../../../src/tables/random.ts'

const run = {
  seed: 5,
  threads: 1,
  signal: { aborted: false, throwIfAborted: () => {} },
  progress: () => {},
}

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())

/** Two columns of equal distributions on both sides, which go together in the reference alone. */
function unlinked(rows: number): PooledColumn[] {
  const random = createRandom(3)
  const first = Float64Array.from({ length: rows }, () => normal(random))
  const together = first.map((value) => value + 0.1 * normal(random))
  const draw = () => Float64Array.from({ length: rows }, () => normal(random))
  return [
    { name: 'first', reference: first, current: draw() },
    { name: 'second', reference: together, current: draw().map((value) => value * Math.sqrt(1.01)) },
    { name: 'third', reference: draw(), current: draw() },
  ]
}

describe('telling samples apart', () => {
  it('is chance where both are drawn alike', async () => {
    const random = createRandom(1)
    const draw = () => Float64Array.from({ length: 800 }, () => normal(random))
    const columns = ['a', 'b', 'c'].map((name) => ({ name, reference: draw(), current: draw() }))
    const found = (await tellApart(columns, run))!
    expect(found.low).toBeLessThan(0.5)
    expect(found.high).toBeGreaterThan(0.5)
  })

  it('sees that columns no longer go together, though each is distributed as before', async () => {
    const found = (await tellApart(unlinked(800), run))!
    expect(found.low).toBeGreaterThan(0.8)
    expect(
      found.columns
        .slice(0, 2)
        .map(({ column }) => column)
        .toSorted(),
    ).toEqual(['first', 'second'])
  })

  it('names the column that gives the rows away: a new text, with values missing beside it', async () => {
    const random = createRandom(2)
    const texts = (kinds: readonly string[]) =>
      Array.from({ length: 300 }, () => kinds[random.below(kinds.length)]!)
    const gaps = () => Float64Array.from({ length: 300 }, () => (random.below(5) === 0 ? NaN : random.unit()))
    const columns = [
      { name: 'noise', reference: gaps(), current: gaps() },
      { name: 'plan', reference: texts(['a', 'b', '']), current: texts(['a', 'c', '']) },
    ]
    const found = (await tellApart(columns, run))!
    expect(found.columns[0]!.column).toBe('plan')
    // A third of the rows of each side is told by its text; the others are chance: 1 - (2/3)² / 2.
    expect(found.auc).toBeGreaterThan(0.72)
    expect(found.auc).toBeLessThan(0.84)
  })

  it('says nothing of a handful of rows', async () => {
    const few = unlinked(40).map(({ name, reference, current }) => ({
      name,
      reference,
      current: current.slice(0, 20),
    }))
    expect(await tellApart(few, run)).toBeNull()
  })
})

describe('the ROC AUC with its standard error', () => {
  it('equals the closed form of its placements', () => {
    const found = rocAucWithError(Uint8Array.of(1, 1, 1, 0, 0), Float32Array.of(0.9, 0.8, 0.3, 0.5, 0.1))!
    // Positives beat 2, 2 and 1 of the 2 negatives; negatives are beaten by 2 and 3 of the 3 positives.
    expect(found.auc).toBeCloseTo(5 / 6, 12)
    expect(found.standardError).toBeCloseTo(Math.sqrt(1 / 12 / 3 + 1 / 18 / 2), 12)
  })
})

import { createRandom, type Random } from '../../src/tables/random.ts'
import { normal } from './normal.ts'
import type { RowMaker } from './write-matrix.ts'

export const treesWidth = 26
const numberColumns = 20
const categoriesByColumn = [5, 8, 20, 50, 200, 1000]
const missingShare = 0.03

/**
 * Rows of numbers that hang together in groups and of codes of categories (the rarer the higher), some values missing,
 * and answers of which about a quarter are 1.
 */
export function treesRows(seed: number): RowMaker {
  const random = createRandom(seed)
  const effects = effectsOf(createRandom(0, 'effects'))
  return { width: treesWidth, fill: (row) => fillRow(row, { random, effects }) }
}

const effectsOf = (random: Random): Float64Array[] =>
  categoriesByColumn.map((count) => Float64Array.from({ length: count }, () => 0.4 * normal(random)))

function fillRow(
  row: Float32Array,
  { random, effects }: { random: Random; effects: readonly Float64Array[] },
): number {
  const factors = Array.from({ length: 4 }, () => normal(random))
  for (let column = 0; column < numberColumns; column++) {
    const weight = column < 16 ? 0.6 : 0.1
    row[column] = weight * factors[column & 3]! + Math.sqrt(1 - weight * weight) * normal(random)
  }
  const [a, b, c, d, e, f, g, h] = row as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  let score =
    0.8 * a - 0.7 * b + 0.7 * c * d + 0.5 * (e * e - 1) - 0.6 * Math.sin(2.2 * f) + (g > 0.8 && h < 0 ? 1 : 0)
  for (const [index, ofCategory] of effects.entries()) {
    const code = Math.floor(ofCategory.length * random.unit() ** 2)
    row[numberColumns + index] = code
    score += ofCategory[code]!
  }
  for (let column = 0; column < treesWidth; column++)
    if (random.unit() < missingShare) row[column] = Number.NaN
  return Number(random.unit() < 1 / (1 + Math.exp(1.9 - 1.3 * score)))
}

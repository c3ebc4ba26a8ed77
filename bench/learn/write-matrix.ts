import { open } from 'node:fs/promises'
import { createRandom, type Random } from '../../src/tables/random.ts'

export const matrixWidth = 26
const numberColumns = 20
const categoriesByColumn = [5, 8, 20, 50, 200, 1000]
const chunkRows = 4096
const missingShare = 0.03

/**
 * Writes a matrix of float32 rows and their answers, one byte each: numbers that hang together in groups, codes of
 * categories (the rarer the higher), some values missing, and answers of which about a quarter are 1.
 */
export async function writeMatrix(
  path: string,
  { rows, seed }: { rows: number; seed: number },
): Promise<void> {
  const random = createRandom(seed)
  const effects = effectsOf(createRandom(0, 'effects'))
  const matrix = await open(`${path}.x.f32`, 'w')
  const answers = await open(`${path}.y.u8`, 'w')
  for (let first = 0; first < rows; first += chunkRows) {
    const count = Math.min(chunkRows, rows - first)
    const data = new Float32Array(count * matrixWidth)
    const labels = new Uint8Array(count)
    for (let row = 0; row < count; row++)
      labels[row] = fillRow(data.subarray(row * matrixWidth, (row + 1) * matrixWidth), { random, effects })
    await matrix.write(new Uint8Array(data.buffer))
    await answers.write(labels)
  }
  await matrix.close()
  await answers.close()
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
  for (let column = 0; column < matrixWidth; column++)
    if (random.unit() < missingShare) row[column] = Number.NaN
  return Number(random.unit() < 1 / (1 + Math.exp(1.9 - 1.3 * score)))
}

/** Box and Muller 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

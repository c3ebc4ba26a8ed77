import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { createRandom, type Random } from '../../src/tables/random.ts'

const missingShare = 0.03
const duplicateShare = 0.001
const rowsPerWrite = 5_000

/** How many different values the columns of texts have; less frequent ones are ever rarer. */
export const categories: Readonly<Record<string, number>> = {
  segment: 5,
  channel: 8,
  region: 20,
  product: 50,
  city: 200,
  merchant: 1000,
}

type Draw = (draws: { normal: () => number; factors: readonly number[] }) => string

const mixed =
  (factor: number, weight: number, write: (z: number) => string): Draw =>
  ({ normal, factors }) =>
    write(weight * factors[factor]! + Math.sqrt(1 - weight * weight) * normal())
const amount = (mean: number, spread: number, digits: number) => (z: number) =>
  (mean + spread * z).toFixed(digits)
const skewed = (mean: number, spread: number, digits: number) => (z: number) =>
  Math.exp(mean + spread * z).toFixed(digits)
const bounded = (low: number, high: number, mean: number, spread: number) => (z: number) =>
  String(Math.min(high, Math.max(low, Math.round(mean + spread * z))))

/** The columns of numbers: what one may meet at a bank, some whole, some with many digits. */
export const numbers: Readonly<Record<string, Draw>> = {
  age: mixed(0, 0.5, bounded(18, 95, 42, 14)),
  income: mixed(1, 0.7, skewed(10.4, 0.6, 2)),
  balance: mixed(1, 0.6, amount(400, 1500, 2)),
  tenure: mixed(0, 0.6, skewed(3.2, 0.8, 0)),
  payments: mixed(2, 0.6, skewed(2.5, 0.7, 0)),
  ticket: mixed(1, 0.4, skewed(3.6, 0.9, 2)),
  utilization: mixed(3, 0.7, (z) => (1 / (1 + Math.exp(-z * 1.2))).toFixed(4)),
  idle_days: mixed(2, 0.5, skewed(2, 1, 0)),
  accounts: mixed(0, 0.3, bounded(0, 9, 2, 1.2)),
  score: mixed(3, 0.7, bounded(300, 850, 660, 80)),
  debt_ratio: mixed(3, 0.6, skewed(-1, 0.5, 4)),
  late: mixed(3, 0.5, bounded(0, 30, 0.4, 2)),
  savings_rate: mixed(1, 0.3, amount(0.1, 0.08, 5)),
  session: mixed(2, 0.5, skewed(4, 0.8, 1)),
  views: mixed(2, 0.7, skewed(1.8, 0.9, 0)),
  discount: mixed(2, 0.1, amount(0.05, 0.05, 3)),
  noise_a: mixed(0, 0, amount(0, 1, 6)),
  noise_b: mixed(0, 0, amount(0, 1, 6)),
  temperature: mixed(0, 0.1, amount(20, 8, 2)),
  index: mixed(3, 0.1, amount(100, 3, 3)),
}

export const target = 'target'

/**
 * Writes a CSV file of 20 columns of numbers, 6 of texts and a target of 0 and 1, of which 3 % are missing and 0.1 % of
 * the rows stand there twice. The same rows and seed give the same bytes.
 */
export async function writeTable(
  path: string,
  { rows, seed }: { rows: number; seed: number },
): Promise<void> {
  const file = createWriteStream(path)
  file.write(`${[...Object.keys(numbers), ...Object.keys(categories), target].join(',')}\n`)
  const lines = lineMaker(createRandom(seed, 'table of the benchmark'))
  for (let written = 0; written < rows; written += rowsPerWrite) {
    const count = Math.min(rowsPerWrite, rows - written)
    const text = Array.from({ length: count }, lines).join('')
    if (!file.write(text)) await once(file, 'drain')
  }
  file.end()
  await finished(file)
}

function lineMaker(random: Random): () => string {
  const normal = normalNumbers(random)
  const columns = Object.values(numbers)
  const texts = Object.entries(categories).map(([name, count]) => ({ name, pick: picker(count, random) }))
  let before = ''
  return () => {
    if (before !== '' && random.unit() < duplicateShare) return before
    const factors = [normal(), normal(), normal(), normal()]
    const orMissing = (text: string): string => (random.unit() < missingShare ? '' : text)
    const cells = [
      ...columns.map((draw) => orMissing(draw({ normal, factors }))),
      ...texts.map(({ name, pick }) => orMissing(`${name}_${pick()}`)),
    ]
    const chance = 1 / (1 + Math.exp(1.5 - factors[3]! - 0.5 * factors[1]! * factors[2]!))
    before = `${cells.join(',')},${random.unit() < chance ? 1 : 0}\n`
    return before
  }
}

/** Of the standard normal distribution (Box and Muller 1958). */
function normalNumbers(random: Random): () => number {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const number = spare
      spare = null
      return number
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random.unit()))
    const angle = 2 * Math.PI * random.unit()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Numbers below a bound, the smaller the more frequent (Zipf's law with exponent 0.8). */
function picker(count: number, random: Random): () => number {
  const cumulative: number[] = []
  for (let rank = 1; rank <= count; rank++) cumulative.push((cumulative.at(-1) ?? 0) + rank ** -0.8)
  const total = cumulative.at(-1)!
  return () => {
    const wanted = random.unit() * total
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (cumulative[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}

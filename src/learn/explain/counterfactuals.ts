import type { StartColumn } from '../../core/artifacts.ts'
import type { ColumnSketch } from '../../core/sketch-schema.ts'
import { candidatesFor, distanceOf, wholeFor, type Candidate } from './change-candidates.ts'

/** The values of one row by column, as a model takes them: NaN or `''` for null. */
export type RowValues = Readonly<Record<string, number | string>>

/** What a model says of a changed row. */
export interface Judged {
  /** Whether the answer is one that is wanted. */
  reached: boolean
  /** How near it comes to that: the higher, the nearer. */
  nearness: number
}

/** Values of a row that another answer follows from. */
export interface Counterfactual {
  changes: readonly Candidate[]
  /** The sum over the changes. */
  distance: number
  judged: Judged
}

export interface CounterfactualSearch {
  row: RowValues
  /** The columns that may change. */
  columns: readonly StartColumn[]
  sketches: Readonly<Record<string, ColumnSketch>>
  /** The most columns that may change at once. */
  mostChanges: number
  /** The most that are found; each changes other columns. */
  most: number
  judge: (rows: readonly RowValues[]) => Promise<readonly Judged[]>
}

/** How many part-way changes are followed up. */
const beamWidth = 24
const bisections = 30

/**
 * The smallest changes of a row that make a model answer otherwise (Wachter, Mittelstadt and Russell 2018), by a beam search
 * over values of the train rows: as few columns as possible, then the least distance in standard deviations. Amounts are
 * then brought back towards the row as far as the answer allows. The same each time; where none is found, `closest` came
 * nearest. Other changes may be smaller still: a model's answers need not be monotone.
 */
export async function findCounterfactuals(
  search: CounterfactualSearch,
): Promise<{ found: Counterfactual[]; closest: Counterfactual | null }> {
  const { row, columns, sketches, mostChanges, most } = search
  const candidates = columns.flatMap((column) =>
    candidatesFor(column, sketches[column.name], row[column.name]!),
  )
  let beam: Counterfactual[] = [{ changes: [], distance: 0, judged: { reached: false, nearness: -Infinity } }]
  let closest: Counterfactual | null = null
  for (let depth = 1; depth <= mostChanges && beam.length > 0; depth++) {
    const tried = await judgeAll(search, followUps(beam, candidates))
    const reached = tried.filter(({ judged }) => judged.reached)
    if (reached.length > 0) {
      const smallest = onePerColumns(reached.toSorted(byDistance)).slice(0, 3 * most)
      const refined = await Promise.all(smallest.map((each) => refine(search, each)))
      return { found: refined.toSorted(byDistance).slice(0, most), closest: null }
    }
    beam = onePerColumns(tried.toSorted(byNearness)).slice(0, beamWidth)
    closest = [closest, beam[0] ?? null].filter((each) => each !== null).toSorted(byNearness)[0] ?? null
  }
  return { found: [], closest }
}

/** Each part-way change with one more column. Changes of the same columns come once, whatever their order. */
function followUps(beam: readonly Counterfactual[], candidates: readonly Candidate[]): Candidate[][] {
  const seen = new Set<string>()
  return beam.flatMap(({ changes }) =>
    candidates.flatMap((candidate) => {
      if (changes.some(({ column }) => column === candidate.column)) return []
      const all = [...changes, candidate].toSorted((a, b) => (a.column < b.column ? -1 : 1))
      const key = JSON.stringify(all.map(({ column, value }) => [column, value]))
      if (seen.has(key)) return []
      seen.add(key)
      return [all]
    }),
  )
}

async function judgeAll(
  { row, judge }: CounterfactualSearch,
  all: readonly (readonly Candidate[])[],
): Promise<Counterfactual[]> {
  const judged = await judge(all.map((changes) => changed(row, changes)))
  return all.map((changes, index) => ({
    changes,
    distance: changes.reduce((sum, { distance }) => sum + distance, 0),
    judged: judged[index]!,
  }))
}

/** Brings the amounts of a change back towards the row, one after the other, and to round numbers. */
async function refine(search: CounterfactualSearch, found: Counterfactual): Promise<Counterfactual> {
  let best = found
  for (const { column, value } of found.changes) {
    const from = search.row[column]!
    if (typeof from !== 'number' || typeof value !== 'number' || Number.isNaN(from)) continue
    const { type } = search.columns.find(({ name }) => name === column)!
    if (type === 'boolean') continue
    const at = async (to: number): Promise<Counterfactual | null> => {
      const distance = distanceOf(search.sketches[column], from, to)
      const changes = best.changes.map((each) =>
        each.column === column ? { column, value: to, distance } : each,
      )
      const [tried] = await judgeAll(search, [changes])
      return tried!.judged.reached ? tried! : null
    }
    best = (await nearestReached({ from, to: value, type, at })) ?? best
  }
  return best
}

/** Halves the way to the row as long as the answer stays; then takes the roundest number that is hardly farther. */
async function nearestReached(options: {
  from: number
  to: number
  type: StartColumn['type']
  at: (to: number) => Promise<Counterfactual | null>
}): Promise<Counterfactual | null> {
  const { from, to, type, at } = options
  let [outside, inside] = [from, to]
  let best: Counterfactual | null = null
  for (let step = 0; step < bisections; step++) {
    const middle = wholeFor(type, (outside + inside) / 2)
    if (middle === outside || middle === inside) break
    const found = await at(middle)
    if (found) [inside, best] = [middle, found]
    else outside = middle
  }
  return type === 'number' ? ((await roundest(inside, { from, to, at })) ?? best) : best
}

/** Farther than needed by so much of the way, for a rounder number. */
const lossByRounding = 0.05

async function roundest(
  value: number,
  { from, to, at }: { from: number; to: number; at: (to: number) => Promise<Counterfactual | null> },
): Promise<Counterfactual | null> {
  for (let digits = 1; digits <= 6; digits++) {
    const unit = 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - digits + 1)
    const [below, above] = [Math.floor(value / unit), Math.ceil(value / unit)]
    const nearFirst = value > from ? [below, above] : [above, below]
    for (const steps of nearFirst) {
      const round = Number((steps * unit).toPrecision(digits + 1))
      const isNear = Math.abs(round - value) <= lossByRounding * Math.abs(value - from)
      const found = isNear && Math.abs(round - from) <= Math.abs(to - from) ? await at(round) : null
      if (found) return found
    }
  }
  return null
}

/** The first of those that change the same columns. */
function onePerColumns(sorted: readonly Counterfactual[]): Counterfactual[] {
  const byColumns = new Map<string, Counterfactual>()
  for (const each of sorted) {
    const key = JSON.stringify(each.changes.map(({ column }) => column))
    if (!byColumns.has(key)) byColumns.set(key, each)
  }
  return [...byColumns.values()]
}

const byDistance = (a: Counterfactual, b: Counterfactual): number => a.distance - b.distance
const byNearness = (a: Counterfactual, b: Counterfactual): number =>
  b.judged.nearness - a.judged.nearness || a.distance - b.distance

function changed(row: RowValues, changes: readonly Candidate[]): RowValues {
  return Object.fromEntries([
    ...Object.entries(row),
    ...changes.map(({ column, value }) => [column, value] as const),
  ])
}

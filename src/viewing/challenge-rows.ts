import type { Artifact, TableData } from '../core/artifacts.ts'
import { columnNamed, splitParts } from '../core/columns.ts'
import { classLabel } from '../learn/targets.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { readColumns } from '../recipe/read-columns.ts'
import { readSplit, readStartChunks } from '../tables/start-rows.ts'

/** Rows on which two models are measured at most, spread evenly over those there are. */
const mostRows = 20_000
const testPart = splitParts.indexOf('test')

/** Test rows of a table that both models may be measured on. */
export interface ChallengeRows {
  table: TableData
  /** Places among the stored rows, in order. */
  places: readonly number[]
  /** Of the rows, in order: labels as classes are called, or numbers. */
  labels: readonly string[]
  numbers: Float64Array
  excluded: number
}

/**
 * The test rows with an answer, but for those that a model has learned from, by value: rows that stand among what it
 * learned from more often than among what is known to have been apart from them (`apart`), in all columns that both have.
 */
export async function challengeRows(
  context: RunContext,
  options: {
    table: TableData
    columns: readonly string[]
    target: string
    learned: readonly TableData[]
    /** A table whose own rows outside of the test rows count for nothing. */
    apart: TableData | null
    /** What a model learned from with these rows among its test rows: those that are not among them were learned from. */
    within: TableData | null
  },
): Promise<ChallengeRows> {
  const { table, target, learned, apart, within } = options
  const found = await testPlaces(context, table)
  const names = options.columns.filter((name) =>
    [table, ...learned, ...(within ? [within] : [])].every((each) =>
      each.startColumns.some((column) => column.name === name),
    ),
  )
  const keys = await keysOf(context, table, { names, places: found })
  const wanted = new Set(keys)
  const learnedIn = { names, wanted, isTest: false }
  const usual = apart ? await countRows(context, apart, learnedIn) : new Map<string, number>()
  const known = new Set<string>()
  for (const other of learned) {
    const counts = await countRows(context, other, learnedIn)
    for (const [key, count] of counts) if (count > (usual.get(key) ?? 0)) known.add(key)
  }
  if (within) {
    const heldOut = await countRows(context, within, { names, wanted, isTest: true })
    const counts = Map.groupBy(keys, (key) => key)
    for (const key of (await countRows(context, within, learnedIn)).keys())
      if ((heldOut.get(key) ?? 0) < counts.get(key)!.length) known.add(key)
  }
  const places = names.length === 0 ? found : found.filter((_, index) => !known.has(keys[index]!))
  const answers = await readAnswers(context, table, { target, places })
  return { table, ...answers, excluded: found.length - places.length }
}

async function testPlaces(context: RunContext, table: TableData): Promise<number[]> {
  const parts = await readSplit(context, table)
  if (!parts) return []
  const all: number[] = []
  for (const [place, part] of parts.entries()) if (part === testPart) all.push(place)
  if (all.length <= mostRows) return all
  return Array.from({ length: mostRows }, (_, index) => all[Math.floor((index * all.length) / mostRows)]!)
}

async function keysOf(
  context: RunContext,
  table: TableData,
  { names, places }: { names: readonly string[]; places: readonly number[] },
): Promise<string[]> {
  const keys: string[] = []
  if (names.length === 0) return keys
  const chosen = new Set(places)
  for await (const chunk of readStartChunks(context, table, { columns: names, rows: 'all' }))
    for (let row = 0; row < chunk.rows; row++)
      if (chosen.has(chunk.firstRow + row)) keys.push(keyOf(chunk.columns, names, row))
  return keys
}

/** How often each of some rows stands among the test rows of a table, or among the others. */
async function countRows(
  context: RunContext,
  table: TableData,
  { names, wanted, isTest }: { names: readonly string[]; wanted: ReadonlySet<string>; isTest: boolean },
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  if (names.length === 0) return counts
  const parts = await readSplit(context, table)
  for await (const chunk of readStartChunks(context, table, { columns: names, rows: 'all' }))
    for (let row = 0; row < chunk.rows; row++) {
      if ((parts?.[chunk.firstRow + row] === testPart) !== isTest) continue
      const key = keyOf(chunk.columns, names, row)
      if (wanted.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return counts
}

function keyOf(
  columns: Readonly<Record<string, ArrayLike<number | string>>>,
  names: readonly string[],
  row: number,
): string {
  return names.map((name) => String(columns[name]![row])).join('\u0001')
}

async function readAnswers(
  context: RunContext,
  table: TableData,
  { target, places }: { target: string; places: readonly number[] },
): Promise<Pick<ChallengeRows, 'places' | 'labels' | 'numbers'>> {
  const { type } = columnNamed(table, target)!
  const chosen = new Set(places)
  const kept: number[] = []
  const labels: string[] = []
  const numbers: number[] = []
  let index = 0
  for await (const chunk of readColumns(context, table, {
    columns: [target],
    rows: (place) => chosen.has(place),
  }))
    for (const value of chunk.columns[target]!) {
      const place = places[index++]!
      if (value === '' || Number.isNaN(value)) continue
      kept.push(place)
      labels.push(classLabel(value, type))
      numbers.push(typeof value === 'number' ? value : Number.NaN)
    }
  return { places: kept, labels, numbers: Float64Array.from(numbers) }
}

/** A table that is not in the store any more is no reason to fail. */
export async function tableOrNull(
  context: RunContext,
  hash: string | null,
): Promise<Artifact<'table'> | null> {
  if (hash === null) return null
  return context.artifacts.read('table', hash).catch(() => null)
}

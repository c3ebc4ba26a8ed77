import type { TableData } from '../../../src/core/artifacts.ts'
import { splitParts, type Column, type RowScope } from '../../../src/core/columns.ts'
import type { DriftClassifier } from '../../../src/core/drift-content.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { selectAtRandom } from '../../../src/learn/select-at-random.ts'
import { tellApart } from '../../../src/learn/tell-apart/tell-apart.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import type { DriftParams } from './params.ts'

/** More rows of a side hardly move the ROC AUC. */
const mostRows = 10_000

type Values = Float64Array | string[]

/** How well trees tell the current rows from those of the reference, by rows drawn from both; null where there are few. */
export async function tellRowsApart(
  context: RunContext,
  given: { reference: TableData; current: TableData; columns: readonly Column[]; params: DriftParams },
): Promise<DriftClassifier | null> {
  const { reference, current, columns, params } = given
  const before = await drawRows(context, reference, { columns, rows: params.referenceRows })
  const now = await drawRows(context, current, { columns, rows: params.currentRows })
  const pooled = columns.map(({ name }) => ({
    name,
    reference: before.get(name)!,
    current: now.get(name)!,
  }))
  const { seed, threads, signal } = context
  const progress = context.progress.bind(context)
  return tellApart(pooled, { seed, threads, signal, progress })
}

async function drawRows(
  context: RunContext,
  table: TableData,
  { columns, rows }: { columns: readonly Column[]; rows: RowScope },
): Promise<Map<string, Values>> {
  const isDrawn = await drawnRows(context, table, rows)
  const names = columns.map(({ name }) => name)
  const parts = new Map(names.map((name) => [name, [] as Values[]]))
  const chunks = readColumns(context, table, { columns: names, rows: (row) => isDrawn[row] === 1 })
  for await (const chunk of chunks) for (const name of names) parts.get(name)!.push(chunk.columns[name]!)
  return new Map(columns.map(({ name, type }) => [name, joined(parts.get(name)!, type === 'text')]))
}

/** 1 for each row of the table that is looked at. */
async function drawnRows(context: RunContext, table: TableData, scope: RowScope): Promise<Uint8Array> {
  const parts = scope === 'all' ? null : await readSplit(context, table)
  const all = Uint32Array.from({ length: table.rows.count }, (_, row) => row)
  const rows = parts ? all.filter((row) => splitParts[parts[row]!] === scope) : all
  const isDrawn = new Uint8Array(table.rows.count)
  const random = createRandom(context.seed, 'drift rows')
  const count = Math.min(mostRows, rows.length)
  for (const place of selectAtRandom({ count, from: rows.length, random })) isDrawn[rows[place]!] = 1
  return isDrawn
}

function joined(parts: readonly Values[], isText: boolean): Values {
  if (isText) return (parts as readonly string[][]).flat()
  const numbers = parts as readonly Float64Array[]
  const all = new Float64Array(numbers.reduce((count, { length }) => count + length, 0))
  let at = 0
  for (const each of numbers) {
    all.set(each, at)
    at += each.length
  }
  return all
}

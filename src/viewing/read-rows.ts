import type { StartColumn } from '../core/artifacts.ts'
import type { Column } from '../core/columns.ts'
import { loadChunks } from '../tables/load-chunks.ts'
import { quoteName } from '../tables/quote.ts'
import { modelValueOf, rawOfModelValue, type RawCell } from './cells.ts'
import { isComputed, type OpenTable } from './open-table.ts'

/** Some rows of a table, column by column, in the order of their places. */
export interface ReadRows {
  places: Uint32Array
  /** By name. */
  values: ReadonlyMap<string, readonly RawCell[]>
}

/** Values of visible columns at some places, in the order of these. */
export async function readRows(
  table: OpenTable,
  { columns, places }: { columns: readonly Column[]; places: Uint32Array },
): Promise<ReadRows> {
  if (places.length === 0) return { places, values: new Map(columns.map(({ name }) => [name, []])) }
  const computed = columns.filter(isComputed)
  const computer = computed.length > 0 ? await table.computer() : null
  const needed = new Set([
    ...columns.filter((column) => !isComputed(column)).map(({ name }) => name),
    ...(computer?.inputs ?? []),
  ])
  const stored = table.data.startColumns.filter(({ name }) => needed.has(name))
  const values = await readStored(table, { columns: stored, places })
  if (computer) {
    const inputs = computer.inputs.map((name) => {
      const { type } = stored.find((column) => column.name === name)!
      return [name, asModelSees(type, values.get(name)!)]
    })
    const made = await computer.compute({ indexes: places, columns: Object.fromEntries(inputs) })
    for (const column of computed)
      values.set(column.name, rawColumn(column, { values: made[column.name]!, rows: places.length }))
  }
  return { places, values: new Map(columns.map(({ name }) => [name, values.get(name)!])) }
}

async function readStored(
  table: OpenTable,
  { columns, places }: { columns: readonly StartColumn[]; places: Uint32Array },
): Promise<Map<string, RawCell[]>> {
  const { database, stored } = table
  const chosen = columns.map((column, index) => `${rawSql(column)} AS c${index}`)
  const condition = await isAmong(table, places)
  const rows = await database.rows<Record<string, bigint | number | string | boolean | null>>(
    `SELECT ${[`${stored.place}::DOUBLE AS place`, ...chosen].join(', ')} FROM ${stored.from} WHERE ${condition}`,
  )
  const byPlace = new Map(rows.map((row) => [row['place'] as number, row]))
  return new Map(
    columns.map(({ name }, index) => [
      name,
      Array.from(places, (place) => byPlace.get(place)?.[`c${index}`] ?? null),
    ]),
  )
}

/** A condition for rows at these places, so that DuckDB reads no more of the file than it must. */
async function isAmong({ context, database, stored }: OpenTable, places: Uint32Array): Promise<string> {
  const first = places[0]!
  const isRun = places.every((place, index) => place === first + index)
  if (isRun) return `${stored.place} BETWEEN ${first} AND ${first + places.length - 1}`
  await database.run('DROP TABLE IF EXISTS chosen_places')
  const query = await loadChunks(context, database, {
    table: 'chosen_places',
    columns: [{ name: 'place', type: 'integer' }],
    chunks: [{ rows: places.length, columns: { place: Float64Array.from(places) } }],
  })
  return `${stored.place} IN (${query})`
}

/** Whole numbers stay exact; dates and times are epoch milliseconds. */
function rawSql({ name, type }: StartColumn): string {
  const isTime = type === 'date' || type === 'datetime'
  return isTime ? `epoch_ms(${quoteName(name)}::TIMESTAMP)` : quoteName(name)
}

function asModelSees(type: StartColumn['type'], values: readonly RawCell[]): Float64Array | string[] {
  return type === 'text'
    ? values.map((value) => (value === null ? '' : String(value)))
    : Float64Array.from(values, modelValueOf)
}

function rawColumn(
  { type }: Column,
  { values, rows }: { values: Float64Array | string[]; rows: number },
): RawCell[] {
  if (type === 'vector') {
    const width = values.length / rows
    return Array.from({ length: rows }, (_, row) =>
      (values as Float64Array).slice(row * width, (row + 1) * width),
    )
  }
  return Array.from(values as ArrayLike<number | string>, (value) => rawOfModelValue(type, value))
}

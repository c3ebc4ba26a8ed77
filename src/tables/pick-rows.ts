import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { ChunkToStore } from './append-chunk.ts'
import { CHUNK_ROWS } from './column-chunk.ts'
import { loadChunks } from './load-chunks.ts'
import { openDuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { rowsFolder, rowsRelation } from './rows-relation.ts'
import { readSplit } from './start-rows.ts'
import { writeSplit } from './write-split.ts'
import { writeRows } from './write-table.ts'

/**
 * The table with the rows at these positions (0 is the first stored row, each at most once), in this order. Recipe,
 * roles and visible columns stay, and each row keeps its part of the split.
 */
export async function pickRows(
  context: RunContext,
  table: TableData,
  positions: Uint32Array,
): Promise<TableData> {
  if (isWhole(positions, table.rows.count)) return table
  const rows = await writePickedRows(context, table, positions)
  const picked: TableData = { ...table, rows: { artifact: rows.hash, count: rows.data.count }, split: null }
  const parts = await readSplit(context, table)
  if (!parts) return picked
  return writeSplit(
    context,
    picked,
    Uint8Array.from(positions, (position) => parts[position]!),
  )
}

function isWhole(positions: Uint32Array, rows: number): boolean {
  return positions.length === rows && positions.every((position, index) => position === index)
}

async function writePickedRows(context: RunContext, table: TableData, positions: Uint32Array) {
  const { startColumns } = table
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  try {
    const chunks = placeChunks(positions, table.rows.count)
    const places = await loadChunks(context, database, {
      table: 'places',
      columns: [{ name: placeColumn, type: 'integer' }],
      chunks,
    })
    const names = startColumns.map(({ name }) => `stored.${quoteName(name)}`).join(', ')
    const order = isAscending(positions) ? '' : `ORDER BY places.${placeColumn}`
    const from = `SELECT ${names} FROM ${rowsRelation(context, table)} AS stored
      POSITIONAL JOIN (${places}) AS places WHERE places.${placeColumn} IS NOT NULL ${order}`
    return await writeRows(context, { database, from, startColumns })
  } finally {
    database.close()
  }
}

const placeColumn = 'place'

/** For each stored row, in order, its place among the picked ones; NaN where it is not picked. */
function* placeChunks(positions: Uint32Array, rows: number): Iterable<ChunkToStore> {
  const places = new Float64Array(rows).fill(Number.NaN)
  for (const [place, position] of positions.entries()) places[position] = place
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const values = places.slice(start, start + CHUNK_ROWS)
    yield { rows: values.length, columns: { [placeColumn]: values } }
  }
}

const isAscending = (positions: Uint32Array): boolean =>
  positions.every((position, index) => index === 0 || positions[index - 1]! < position)

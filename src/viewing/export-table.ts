import { randomUUID } from 'node:crypto'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportAnswer, ExportRequest } from '../contract/tables-contract.ts'
import type { StartColumn } from '../core/artifacts.ts'
import type { Column } from '../core/columns.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { writeAtomically } from '../files/write-atomically.ts'
import { readColumns } from '../recipe/read-columns.ts'
import type { ChunkToStore } from '../tables/append-chunk.ts'
import { expressionSql } from '../tables/expression-sql.ts'
import { loadChunks } from '../tables/load-chunks.ts'
import { writeRowsToFile } from '../tables/write-file.ts'
import { viewError } from './errors.ts'
import type { OpenTable } from './open-table.ts'
import { conditionOf, orderRows, relationOf } from './order-rows.ts'

/** Writes the visible columns of a table to a file, a vector as one column for each of its elements. */
export async function exportTable(table: OpenTable, request: ExportRequest): Promise<ExportAnswer> {
  const { path, filter, format } = request
  const { database, context, data } = table
  const order = await orderRows(table, { sort: null, filter })
  const condition = filter === null ? '' : ` WHERE ${expressionSql(conditionOf(table, filter))}`
  const file = join(context.workFolder, `${randomUUID()}.${format}`)
  const rows = order?.length ?? data.rows.count
  let isKept = false
  try {
    const { query, columns } = await rowsToWrite(table)
    await writeRowsToFile(database, { query: `${query}${condition}`, columns, path: file, format })
    isKept = path === null
    if (path === null) return { path: file, rows }
    await writeAtomically(path, (temporaryPath) => copyFile(file, temporaryPath)).catch((cause: unknown) => {
      throw viewError('not-written', { path, problem: reasonOfFailure(cause) }, { cause })
    })
    return { path, rows }
  } finally {
    await database.run('DROP TABLE IF EXISTS exported_elements')
    if (!isKept) await rm(file, { force: true })
  }
}

type WrittenColumn = Pick<StartColumn, 'name' | 'type'>

async function rowsToWrite(table: OpenTable): Promise<{ query: string; columns: WrittenColumn[] }> {
  const { columns } = table.data
  const plain = columns.filter(({ type }) => type !== 'vector')
  const vectors = columns.filter(({ type }) => type === 'vector')
  const sources = [await relationOf(table, new Set(plain.map(({ name }) => name)))]
  if (vectors.length > 0) sources.push(await elementsOf(table, vectors))
  const joined = sources.map((source) => `(${source})`).join(' POSITIONAL JOIN ')
  return { query: `SELECT * FROM ${joined}`, columns: columns.flatMap(writtenColumns) }
}

function writtenColumns({ name, type, elements = [] }: Column): WrittenColumn[] {
  return type === 'vector' ? elements.map((element) => ({ name: element, type: 'number' })) : [{ name, type }]
}

async function elementsOf(
  { context, database, data }: OpenTable,
  vectors: readonly Column[],
): Promise<string> {
  const names = vectors.map(({ name }) => name)
  return loadChunks(context, database, {
    table: 'exported_elements',
    columns: vectors.flatMap(writtenColumns),
    chunks: elementChunks(readColumns(context, data, { columns: names, rows: 'all' }), vectors),
  })
}

async function* elementChunks(
  chunks: ReturnType<typeof readColumns>,
  vectors: readonly Column[],
): AsyncIterable<ChunkToStore> {
  for await (const { rows, columns } of chunks) {
    const taken = vectors.flatMap(({ name, elements = [] }) =>
      elements.map((element, index) => {
        const values = columns[name] as Float64Array
        const own = Float64Array.from({ length: rows }, (_, row) => values[row * elements.length + index]!)
        return [element, own] as const
      }),
    )
    yield { rows, columns: Object.fromEntries(taken) }
  }
}

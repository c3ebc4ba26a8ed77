import { join } from 'node:path'
import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { quoteText } from './quote.ts'

type Artifacts = Pick<RunContext, 'artifacts'>

/** The folder of a table's stored rows: what `openDuckDb` must be allowed to read. */
export function rowsFolder(context: Artifacts, table: Pick<TableData, 'rows'>): string {
  return context.artifacts.folder(table.rows.artifact)
}

/** A table's stored rows as a relation for a FROM clause: its start columns, in row order. */
export function rowsRelation(context: Artifacts, table: Pick<TableData, 'rows'>): string {
  return `read_parquet(${quoteText(join(rowsFolder(context, table), rowsFile))})`
}

export const rowsFile = 'rows.parquet'

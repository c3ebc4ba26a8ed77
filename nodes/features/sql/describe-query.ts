import { StatementType } from '@duckdb/node-api'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import type { Column } from '../../../src/core/columns.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { typeOfDuckDb } from '../../../src/tables/type-of-duckdb.ts'
import type { sql } from './definition.ts'
import { rowColumn } from './table-names.ts'

type Context = ContextOf<typeof sql>

/** What comes out of a query, in its order. */
export interface DescribedQuery {
  /** The query, as it can stand in brackets. */
  query: string
  columns: readonly { name: string; type: StartColumn['type'] }[]
  /** Whether the hidden column is among them. */
  keepsRows: boolean
}

/** Finds out what a query gives, on tables that are there, without running it. */
export async function describeQuery(
  context: Context,
  database: DuckDb,
  text: string,
): Promise<DescribedQuery> {
  const query = text.trim().replace(/(\s*;)+$/, '')
  await refuseOther(context, database, query)
  const found = await explained(context, () =>
    database.rows<{ column_name: string; column_type: string }>(`DESCRIBE (${query}\n)`),
  )
  const columns = found.map(({ column_name: column, column_type: name }) => {
    const type = typeOfDuckDb(name)
    if (!type) context.fail('unsupported-type', { column, type: name }, { param: 'query' })
    return { name: column, type }
  })
  const isHidden = ({ name, type }: { name: string; type: string }): boolean =>
    name === rowColumn && type === 'integer'
  const hidden = columns.find(isHidden)
  return { query, columns: columns.filter((column) => column !== hidden), keepsRows: hidden !== undefined }
}

/** The query is put into brackets, so it must be a SELECT, and no more than one. */
async function refuseOther(context: Context, database: DuckDb, query: string): Promise<void> {
  const statements = await explained(context, () => database.connection.extractStatements(query))
  if (statements.count !== 1) context.fail('no-select', {}, { param: 'query' })
  const prepared = await explained(context, () => statements.prepare(0))
  const isSelect = prepared.statementType === StatementType.SELECT
  prepared.destroySync()
  if (!isSelect) context.fail('no-select', {}, { param: 'query' })
}

/** What DuckDB says of a query, as a failure of the step. */
export async function explained<Result>(context: Context, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    context.signal.throwIfAborted()
    if (!(cause instanceof Error) || 'code' in cause) throw cause
    const problem = cause.message
      .split('\n', 1)[0]!
      .replace(/^(\w+ )*Error: /, '')
      .trim()
    return context.fail(
      'bad-query',
      { problem: problem.replace(/[^.!?]$/, '$&.') },
      { param: 'query', cause },
    )
  }
}

/** Empty tables in place of those that will be there. */
export async function createEmptyTables(
  database: DuckDb,
  tables: readonly { name: string; columns: readonly Column[] }[],
  storedTypeOf: (column: Column) => string,
): Promise<void> {
  for (const [index, { name, columns }] of tables.entries()) {
    const fields = columns.map((column) => `${quoteName(column.name)} ${storedTypeOf(column)}`)
    const hidden = index === 0 ? [`${quoteName(rowColumn)} BIGINT`] : []
    await database.run(`CREATE TABLE ${quoteName(name)} (${[...fields, ...hidden].join(', ')})`)
  }
}

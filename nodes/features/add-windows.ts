import type { Artifact, StartColumn, TableData } from '../../src/core/artifacts.ts'
import type { Column } from '../../src/core/columns.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { storedSql, valueSql, type Relation } from '../../src/tables/relation.ts'
import { writeRelation, type OutcomeColumn } from '../../src/tables/write-relation.ts'
import { writeTableArtifact } from '../../src/tables/write-table.ts'
import { loadRelation, withTables } from './load-relation.ts'
import { orderSql } from './order-sql.ts'
import type { SortKey } from './sort/definition.ts'
import { startColumnOf } from './start-column-of.ts'

export interface Windows {
  partitionBy: readonly string[]
  orderBy: readonly SortKey[]
  /** The columns that are made, and how each is computed from the rows of its partition in order. */
  added: readonly Column[]
  sqlOf: (relation: Relation, over: string) => readonly string[]
}

/** The same rows in the same order, with columns computed over windows of rows. */
export function addWindows(
  context: RunContext,
  data: TableData,
  { partitionBy, orderBy, added, sqlOf }: Windows,
): Promise<Artifact<'table'>> {
  // One thread: with more, DuckDB lays windows out in another way and adds in another order.
  return withTables({ ...context, threads: 1 }, [data], async (database) => {
    const relation = await loadRelation(context, database, { table: data, view: 'input' })
    const partition = partitionBy.map((name) => valueSql(relation, name)).join(', ')
    const order = orderSql(relation, orderBy, 'last')
    const over = `${partition === '' ? '' : `PARTITION BY ${partition} `}ORDER BY ${order}`
    const values = [
      ...relation.columns.map(({ name }) => storedSql(relation, name)),
      ...sqlOf(relation, over),
      ...(relation.table.split ? ['part'] : []),
    ]
    const query = `SELECT ${values.join(', ')} FROM ${relation.view} ORDER BY place`
    const kept = data.columns.map(({ name, role }): OutcomeColumn => ({
      start: startColumnOf(data, name, context.node),
      role,
    }))
    const made = added.map(({ name, type, role }): OutcomeColumn => ({
      start: { name, type: type as StartColumn['type'], source: context.node },
      role,
    }))
    const columns = [...kept, ...made]
    const written = await writeRelation(context, { database, query, columns, isSplit: data.split !== null })
    return writeTableArtifact(context, written)
  })
}

import type { StartColumn, TableData } from '../core/artifacts.ts'
import type { Column } from '../core/columns.ts'

export type StorableColumn = Column & { type: StartColumn['type'] }

/**
 * Visible columns of a table as a view of a database. Its columns are `c0`, `c1`, … in the order of `columns`, whatever
 * they are called; `place` counts the rows from 0, `part` is the part of the split (null where there is none).
 */
export interface Relation {
  view: string
  table: TableData
  columns: readonly StorableColumn[]
}

/** A column of a relation in SQL, as it is stored; `alias` is what a query calls the view. */
export function storedSql(relation: Relation, name: string, alias: string = relation.view): string {
  return `${alias}.c${indexOf(relation, name)}`
}

/** A column of a relation in SQL as a value to compare: NaN and the empty text are no value. */
export function valueSql(relation: Relation, name: string, alias: string = relation.view): string {
  const sql = storedSql(relation, name, alias)
  switch (columnOf(relation, name).type) {
    case 'number':
      return `(CASE WHEN NOT isnan(${sql}) THEN ${sql} END)`
    case 'text':
      return `nullif(${sql}, '')`
    case 'integer':
    case 'boolean':
    case 'date':
    case 'datetime':
      return sql
  }
}

/** A numeric or boolean column of a relation in SQL as a number to calculate with: only what is finite is a value. */
export function numberSql(relation: Relation, name: string, alias: string = relation.view): string {
  const sql = storedSql(relation, name, alias)
  return columnOf(relation, name).type === 'number'
    ? `(CASE WHEN isfinite(${sql}) THEN ${sql} END)`
    : `${sql}::DOUBLE`
}

/** A column of a relation in SQL as a text that people read: a whole number has no decimals. */
export function textSql(relation: Relation, name: string): string {
  const value = valueSql(relation, name)
  if (columnOf(relation, name).type !== 'number') return `${value}::VARCHAR`
  return `coalesce(CASE WHEN abs(${value}) < 1e15 AND ${value} = trunc(${value}) THEN ${value}::BIGINT::VARCHAR END,
    ${value}::VARCHAR)`
}

export function columnOf(relation: Relation, name: string): StorableColumn {
  return relation.columns[indexOf(relation, name)]!
}

function indexOf({ columns }: Relation, name: string): number {
  const index = columns.findIndex((column) => column.name === name)
  if (index === -1) throw new TypeError(`a relation has no column “${name}”`)
  return index
}

import { valueSql, type Relation } from '../../src/tables/relation.ts'
import type { SortKey } from './sort/definition.ts'

/** What stands behind ORDER BY: the keys, and the place of a row where all are equal. */
export function orderSql(relation: Relation, by: readonly SortKey[], missing: 'first' | 'last'): string {
  const keys = by.map(({ column, order }) => {
    const direction = order === 'ascending' ? 'ASC' : 'DESC'
    return `${valueSql(relation, column)} ${direction} NULLS ${missing === 'first' ? 'FIRST' : 'LAST'}`
  })
  return [...keys, `${relation.view}.place`].join(', ')
}

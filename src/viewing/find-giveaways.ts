import type { StartColumn, TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { openDuckDb } from '../tables/open-duckdb.ts'
import { quoteName } from '../tables/quote.ts'
import { rowsFolder, rowsRelation } from '../tables/rows-relation.ts'

/** With more columns than these there are too many pairs. */
const mostColumns = 40

/**
 * Columns that give a target of numbers away: one that equals it, or two that add up to it, in every row that has them.
 * Such a column is not known before the answer is, and a model that has it learns nothing else.
 */
export async function findGiveaways(
  context: RunContext,
  table: TableData,
  target: string,
): Promise<string[][]> {
  const numbers = table.startColumns.filter(isNumber)
  const others = numbers.map(({ name }) => name).filter((name) => name !== target)
  if (others.length === numbers.length || others.length === 0 || others.length > mostColumns) return []
  const groups = [
    ...others.map((name) => [name]),
    ...others.flatMap((name, index) => others.slice(index + 1).map((other) => [name, other])),
  ]
  const tests = groups.map((group, index) => {
    const sum = group.map((name) => `${quoteName(name)}::DOUBLE`).join(' + ')
    return `coalesce(bool_and(${sum} = ${quoteName(target)}::DOUBLE), false) AS c${index}`
  })
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  try {
    const [found] = await database.rows<Record<string, boolean>>(
      `SELECT ${tests.join(', ')} FROM ${rowsRelation(context, table)}`,
    )
    return groups.filter((_, index) => found![`c${index}`])
  } finally {
    database.close()
  }
}

const isNumber = ({ type }: StartColumn): boolean => type === 'number' || type === 'integer'

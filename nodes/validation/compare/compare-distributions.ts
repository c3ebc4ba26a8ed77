import type { TableData } from '../../../src/core/artifacts.ts'
import type { Column } from '../../../src/core/columns.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { CategoryDistribution, NumberDistribution, type Distribution } from './distribution.ts'

export interface DistributionDifference {
  column: string
  measure: 'kolmogorov-smirnov' | 'total-variation'
  /** Between 0 and 1; null where a table has no values of the column. */
  distance: number | null
  /** Share of the rows without a value; null where there are no rows. */
  missing: { before: number | null; after: number | null }
}

/** How far the values of columns that both tables have lie apart, in the order of the columns. */
export async function compareDistributions(
  context: RunContext,
  tables: { before: TableData; after: TableData },
  columns: readonly Pick<Column, 'name' | 'type'>[],
): Promise<DistributionDifference[]> {
  if (columns.length === 0) return []
  const numbers = columns.filter(({ type }) => !isCategory(type)).map(({ name }) => name)
  const categories = columns.filter(({ type }) => isCategory(type)).map(({ name }) => name)
  const collect = async (table: TableData): Promise<Collected> => {
    const collected = {
      numbers: new Map(numbers.map((name) => [name, new NumberDistribution()])),
      categories: new Map(categories.map((name) => [name, new CategoryDistribution()])),
    }
    const names = columns.map(({ name }) => name)
    for await (const chunk of readColumns(context, table, { columns: names, rows: 'all' })) {
      for (const [name, each] of collected.numbers) each.add(chunk.columns[name] as Float64Array)
      for (const [name, each] of collected.categories) each.add(chunk.columns[name]!)
      context.progress({ rows: chunk.firstRow + chunk.rows, note: 'distributions' })
    }
    return collected
  }
  const before = await collect(tables.before)
  const after = await collect(tables.after)
  return columns.map(({ name, type }) =>
    isCategory(type)
      ? difference(name, before.categories.get(name)!, after.categories.get(name)!)
      : difference(name, before.numbers.get(name)!, after.numbers.get(name)!),
  )
}

interface Collected {
  numbers: Map<string, NumberDistribution>
  categories: Map<string, CategoryDistribution>
}

const isCategory = (type: Column['type']): boolean => type === 'text' || type === 'boolean'

function difference<Kind extends Distribution & { distance(other: Kind): number | null }>(
  column: string,
  before: Kind,
  after: Kind,
): DistributionDifference {
  const measure = before instanceof NumberDistribution ? 'kolmogorov-smirnov' : 'total-variation'
  const missing = { before: missingShare(before), after: missingShare(after) }
  return { column, measure, distance: before.distance(after), missing }
}

const missingShare = ({ count, nulls }: Distribution): number | null =>
  count + nulls === 0 ? null : nulls / (count + nulls)

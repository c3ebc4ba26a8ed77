import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'

/**
 * The table with every fitted step learned anew from the rows whose index (0 is the first stored row) `rows`
 * accepts: what cross-validation and tuning do in every fold. Reads the stored rows once for each level of
 * dependence between fitted steps.
 */
export async function refitRecipe(
  context: RunContext,
  table: TableData,
  { rows }: { rows: (index: number) => boolean },
): Promise<TableData> {
  throw new Error(`not there yet ${context.node} ${table.rows.count} ${rows.name}`)
}

import type { TableData } from '../core/artifacts.ts'
import { codedOneByOne, valuesOf, type CodedChunk } from '../tables/coded-texts.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { recipeError } from './errors.ts'
import { foldsOfColumn } from './folds.ts'
import { foldColumn, refuseOtherRows } from './read-chosen-rows.ts'
import { openComputation } from './stream-versions.ts'
import { traceRecipe } from './trace-recipe.ts'

/** Computes columns of a recipe for a few rows at a time, wherever they stand in their table. */
export interface RowComputer {
  /** The start columns it needs to know of each row. */
  readonly inputs: readonly string[]
  /** The columns as `readColumns` gives them, for rows whose place in the table is known. */
  compute(rows: {
    indexes: ArrayLike<number>
    columns: ColumnChunk['columns']
  }): Promise<ColumnChunk['columns']>
  close(): Promise<void>
}

/** `parts` are those of the table's split. Throws `recipe.column-missing`. */
export async function openRowComputer(
  table: TableData,
  { columns, parts }: { columns: readonly string[]; parts: Uint8Array | null },
): Promise<RowComputer> {
  const trace = traceRecipe(table)
  const versions = columns.map((name) => {
    const version = trace.after.get(name)
    if (!version?.step) throw recipeError('column-missing', { column: name })
    return version
  })
  const computation = await openComputation(trace, versions)
  const folds = computation.inputs.filter((name) => foldsOfColumn(name))
  for (const name of folds) refuseOtherRows(table, name)
  const finders = folds.map((name) => foldColumn(name, (index) => !parts || parts[index] === 0))
  return {
    inputs: computation.inputs.filter((name) => !foldsOfColumn(name)),
    async compute({ indexes, columns: given }) {
      const told = finders.map(({ name, foldOf }) => [name, Float64Array.from(indexes, foldOf)])
      const stored = Object.entries(given).map(([name, values]) => [
        name,
        Array.isArray(values) ? codedOneByOne(values) : values,
      ])
      const made = await computation.run({
        rows: indexes.length,
        columns: Object.fromEntries([...stored, ...told]) as CodedChunk['columns'],
      })
      return Object.fromEntries(made.map(([{ column }, values]) => [column.name, valuesOf(values)]))
    },
    close: () => computation.close(),
  }
}

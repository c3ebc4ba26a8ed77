import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { valuesOf } from '../tables/coded-texts.ts'
import type { ColumnChunk, StreamedChunk } from '../tables/column-chunk.ts'
import { recipeError } from './errors.ts'
import type { RowChoice } from './read-chosen-rows.ts'
import { streamVersions } from './stream-versions.ts'
import { traceRecipe } from './trace-recipe.ts'

/**
 * Any visible columns of a table, stored or computed by its recipe, in chunks of at most 4 096 rows, in row order. A
 * vector of width w has w numbers a row. Throws `recipe.column-missing`.
 */
export async function* readColumns(
  context: RunContext,
  table: TableData,
  { columns, rows }: { columns: readonly string[]; rows: RowChoice },
): AsyncIterable<StreamedChunk> {
  const trace = traceRecipe(table)
  const versions = columns.map((name) => {
    const version = table.columns.some((column) => column.name === name) ? trace.after.get(name) : undefined
    if (!version) throw recipeError('column-missing', { column: name })
    return version
  })
  for await (const { firstRow, rows: count, values } of streamVersions(context, table, {
    trace,
    versions,
    rows,
  })) {
    const entries = versions.map((version) => [version.column.name, valuesOf(values.get(version)!)])
    yield { firstRow, rows: count, columns: Object.fromEntries(entries) as ColumnChunk['columns'] }
  }
}

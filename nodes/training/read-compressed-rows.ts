import type { TableData } from '../../src/core/artifacts.ts'
import type { SplitPart } from '../../src/core/columns.ts'
import { joinCompressed, rowCompressor, type CompressedChunk } from '../../src/learn/compressed-rows.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { readMatrix } from '../../src/recipe/read-matrix.ts'
import { CHUNK_ROWS } from '../../src/tables/column-chunk.ts'

/** The feature matrix as `readMatrix` gives it, but without its zeros, in chunks of about 4 096 rows. */
export async function* readCompressedRows(
  context: RunContext,
  table: TableData,
  { rows }: { rows: SplitPart },
): AsyncIterable<CompressedChunk> {
  const compress = rowCompressor()
  let held: CompressedChunk[] = []
  let count = 0
  for await (const chunk of readMatrix(context, table, { rows })) {
    held.push(compress(chunk))
    count += chunk.rows
    if (count < CHUNK_ROWS) continue
    yield joinCompressed(held)
    held = []
    count = 0
  }
  if (count > 0) yield joinCompressed(held)
}

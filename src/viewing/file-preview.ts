import type { FilePreview } from '../contract/files-contract.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { ReadOptions } from '../tables/read-file/read-options.ts'
import { firstRows } from './first-rows.ts'
import { readHead } from './read-head.ts'

const previewedBytes = 1 << 20
const shownRejects = 20

/** How a data file would be read, from its beginning. */
export async function filePreview(
  context: RunContext,
  { options, rows }: { options: ReadOptions; rows: number },
): Promise<FilePreview> {
  const { sniff, doubts, table, rejects, counts } = await readHead(context, options, {
    bytes: previewedBytes,
  })
  const rejected = await firstRows(context, rejects, shownRejects)
  return {
    format: sniff.format,
    encoding: sniff.encoding,
    delimiter: sniff.dialect?.delimiter ?? null,
    columns: table.startColumns.map(({ name, type }) => ({ name, type })),
    rows: await firstRows(context, table, rows),
    read: counts.read,
    rejected: counts.rejected,
    rejects: rejected.map(([line, column, , message]) => ({
      line: Number(line),
      column: column === null ? null : String(column),
      message: String(message),
    })),
    doubts,
  }
}

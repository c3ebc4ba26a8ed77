import type { TableData } from '../../src/core/artifacts.ts'
import type { ErrorValues } from '../../src/core/errors.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { readStartChunks } from '../../src/tables/start-rows.ts'
import type { ReaderParams } from './reader-params.ts'

/** Fails where the node may reject no row, or not so many; else tells how many there are. */
export async function judgeRejects(
  context: RunContext<'row-does-not-fit' | 'too-many-rejects'>,
  work: {
    /** Of the reading: `read = kept + rejected`. */
    counts: { read: number; rejected: number }
    rejects: TableData
    params: Pick<ReaderParams, 'badRows' | 'maximumRejectShare'>
    /** What messages say beside counts, line and reason. */
    values: ErrorValues
    /** Where the first one is, in words, with `{line}`. */
    where?: string
  },
): Promise<void> {
  const { counts, rejects, params, where = 'on line {line}' } = work
  const { read, rejected } = counts
  if (rejected === 0) return
  const values = { count: rejected, rows: read, ...work.values, ...(await firstReject(context, rejects)) }
  if (params.badRows === 'fail') context.fail('row-does-not-fit', values, { param: 'badRows' })
  if (rejected / read > params.maximumRejectShare) {
    context.fail('too-many-rejects', values, { param: 'maximumRejectShare' })
  }
  const were = rejected === 1 ? 'rows was' : 'rows were'
  context.log('warning', `{count} of {rows} ${were} rejected; the first is ${where}: {reason}`, values)
}

async function firstReject(
  context: RunContext,
  rejects: TableData,
): Promise<{ line: number; reason: string }> {
  const columns = ['line', 'column', 'message']
  for await (const chunk of readStartChunks(context, rejects, { columns, rows: 'all', chunkRows: 1 })) {
    const column = (chunk.columns['column'] as string[])[0]!
    const message = (chunk.columns['message'] as string[])[0]!
    const reason =
      column === '' || message.includes(`“${column}”`) ? message : `column “${column}”: ${message}`
    return { line: (chunk.columns['line'] as Float64Array)[0]!, reason }
  }
  return { line: 0, reason: '' }
}

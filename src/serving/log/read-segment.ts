import { readBlocks } from './block-file.ts'
import type { Segment } from './segment-name.ts'

/** Where a reader of a log has come to: the place in each segment that it has read to, by name. */
export type LogPosition = Readonly<Record<string, number>>

/** Entries that were committed together, and where the next ones begin. */
export interface Group<Header> {
  /** The first block of the segment: what its entries mean. */
  header: Header
  payload: Buffer
  end: number
}

/** The groups of a segment from a place where one begins, 0 being the beginning, up to `to`. */
export async function* readSegment<Header>(
  segment: Segment,
  options: { from: number | undefined; to?: number | undefined; readHeader: (text: string) => Header },
): AsyncGenerator<Group<Header>> {
  const { from = 0, to = Infinity, readHeader } = options
  for await (const first of readBlocks(segment.path, 0, to)) {
    const header = readHeader(first.payload.toString('utf8'))
    for await (const { payload, end } of readBlocks(segment.path, Math.max(from, first.end), to))
      yield { header, payload, end }
    return
  }
}

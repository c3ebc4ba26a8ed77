import { stat } from 'node:fs/promises'
import { readBlocks, type Block } from '../../serving/log/block-file.ts'
import { loggedModelSchema, type LoggedModel } from '../../serving/log/prediction-record.ts'
import type { Segment } from '../../serving/log/segment-name.ts'
import { readBlock, type LoggedBlock, type LoggedRequest } from './logged-block.ts'

/** A place in a file of the log: where a block begins, and the rows of it that were taken. */
export type Place = readonly [offset: number, row: number]

/** The first block of a segment says whose answers it holds; null while it is not written. */
export async function readLoggedModel(segment: Segment): Promise<LoggedModel | null> {
  for await (const { payload } of readBlocks(segment.path))
    return loggedModelSchema.parse(JSON.parse(payload.toString('utf8')))
  return null
}

/** Rows of one segment from a place on, request by request. */
export interface SegmentFeed {
  readonly segment: Segment
  readonly model: LoggedModel
  /** After what was taken. */
  readonly place: Place
  /** The request that comes, and how many of its rows were taken; null at the end of what is written. */
  readonly head: { request: LoggedRequest; taken: number } | null
  /** Makes the next request the head, where the one before is used up. */
  load(): Promise<void>
  take(rows: number): void
  close(): Promise<void>
}

export function openSegmentFeed(segment: Segment, model: LoggedModel, from: Place): SegmentFeed {
  let [start, taken] = from
  let blocks: AsyncGenerator<Block> | null = null
  let block: LoggedBlock | null = null
  let end = start
  let toSkip = taken
  let head: SegmentFeed['head'] = null
  const skip = (request: LoggedRequest): number => {
    const passed = Math.min(toSkip, request.rows)
    toSkip -= passed
    return passed
  }
  /** Past what was taken before. */
  const headIn = (requests: LoggedBlock): SegmentFeed['head'] => {
    while (!requests.isAtEnd) {
      const request = requests.next()
      const passed = skip(request)
      if (passed < request.rows) return { request, taken: passed }
    }
    return null
  }
  return {
    segment,
    model,
    get place(): Place {
      return [start, taken]
    },
    get head() {
      return head
    },
    async load() {
      while (!head) {
        head = block && headIn(block)
        if (head) return
        if (block) [start, taken, toSkip] = [end, 0, 0]
        block = null
        blocks ??= readBlocks(segment.path, await firstOffset(segment, start))
        const next = await blocks.next()
        if (next.done) return
        end = next.value.end
        block = readBlock(next.value.payload, model)
      }
    },
    take(rows) {
      taken += rows
      head!.taken += rows
      if (head!.taken === head!.request.rows) head = null
    },
    close: async () => void (await blocks?.return(undefined)),
  }
}

/** The block at the very beginning says what the others hold. */
async function firstOffset(segment: Segment, offset: number): Promise<number> {
  if (offset > 0) return offset
  for await (const { end } of readBlocks(segment.path)) return end
  return 0
}

/** Of one that was removed meanwhile: nothing. */
export const sizeOf = async ({ path }: Segment): Promise<number> =>
  (await stat(path).catch(() => null))?.size ?? 0

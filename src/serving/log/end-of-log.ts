import { readBlocks } from './block-file.ts'
import type { LogPosition } from './read-segment.ts'
import { listSegments, type SegmentKind } from './segment-name.ts'

/** Where a log ends now: what is read from there on is new. */
export async function endOfLog(folder: string, kind: SegmentKind): Promise<LogPosition> {
  const ends: Record<string, number> = {}
  for (const { name, path } of await listSegments(folder, kind))
    for await (const { end } of readBlocks(path)) ends[name] = end
  return ends
}

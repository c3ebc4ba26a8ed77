import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { compareCodePoints } from '../../core/compare-code-points.ts'

export type SegmentKind = 'predictions' | 'feedback'

/** A file of a log: what one process wrote from a moment on. */
export interface Segment {
  kind: SegmentKind
  path: string
  name: string
  /** Epoch ms of its beginning: nothing in it is older. */
  startedAt: number
  worker: number
}

const pattern = /^(predictions|feedback)-(\d{15})-(\d{1,3})-([0-9a-f]{8})\.log$/

/** Names sort by time. The last part tells two processes apart that began in the same millisecond. */
export function segmentName({
  kind,
  startedAt,
  worker,
}: Pick<Segment, 'kind' | 'startedAt' | 'worker'>): string {
  const chance = Math.floor(Math.random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
  return `${kind}-${String(startedAt).padStart(15, '0')}-${worker}-${chance}.log`
}

/** The segments of one kind in a folder, the oldest first; none where there is no such folder yet. */
export async function listSegments(folder: string, kind: SegmentKind): Promise<Segment[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names.toSorted(compareCodePoints).flatMap((name) => {
    const match = pattern.exec(name)
    if (match?.[1] !== kind) return []
    return [{ kind, name, path: join(folder, name), startedAt: Number(match[2]), worker: Number(match[3]) }]
  })
}

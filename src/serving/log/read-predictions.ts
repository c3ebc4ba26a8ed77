import {
  loggedModelSchema,
  readPrediction,
  type LoggedModel,
  type PredictionRecord,
} from './prediction-record.ts'
import { createRecordReader } from './record-bytes.ts'
import { readSegment, type Group, type LogPosition } from './read-segment.ts'
import { listSegments } from './segment-name.ts'

/** Some records of one model, and where to go on. */
export interface LogPart {
  records: PredictionRecord[]
  position: LogPosition
}

/**
 * What was logged, segment by segment in the order of their beginnings, block by block; within a segment in the order of
 * time. `after` is where an earlier reading ended. Segments that began after `until`, or in which all is older than `from`
 * (epoch ms), are left out. `ends`: only these segments, and nothing behind so many bytes of each.
 */
export async function* readPredictions(
  folder: string,
  {
    after = {},
    from = 0,
    until = Infinity,
    ends,
  }: { after?: LogPosition; from?: number; until?: number; ends?: LogPosition } = {},
): AsyncGenerator<LogPart> {
  const position: Record<string, number> = { ...after }
  for (const segment of await listSegments(folder, 'predictions')) {
    if (segment.startedAt > until) return
    if (segment.startedAt < from - longestSegmentMs) continue
    if (ends && !(segment.name in ends)) continue
    const to = ends?.[segment.name]
    for await (const group of readSegment(segment, {
      from: after[segment.name],
      to,
      readHeader: readLoggedModel,
    })) {
      position[segment.name] = group.end
      yield { records: recordsIn(group), position: { ...position } }
    }
  }
}

/** What the first block of a segment says. */
export const readLoggedModel = (text: string): LoggedModel => loggedModelSchema.parse(JSON.parse(text))

/** The records of a block. */
export function recordsIn({
  header,
  payload,
}: Pick<Group<LoggedModel>, 'header' | 'payload'>): PredictionRecord[] {
  const reader = createRecordReader(payload)
  const records: PredictionRecord[] = []
  while (!reader.isAtEnd) records.push(readPrediction(reader, header))
  return records
}

/** The newest records first, at most `limit`; none is newer than `until`, epoch ms. */
export async function newestPredictions(
  folder: string,
  options: { limit: number; until?: number; matches?: (record: PredictionRecord) => boolean },
): Promise<PredictionRecord[]> {
  const { limit, until = Infinity, matches = () => true } = options
  const segments = await listSegments(folder, 'predictions')
  let newest: PredictionRecord[] = []
  for (const segment of segments.toReversed()) {
    // What began earlier may have been written to until now, so that only its last time tells.
    if (newest.length === limit && segment.startedAt < newest.at(-1)!.time - longestSegmentMs) break
    for await (const group of readSegment(segment, { from: 0, readHeader: readLoggedModel })) {
      const wanted = recordsIn(group).filter((record) => record.time <= until && matches(record))
      newest = newestOf([...newest, ...wanted], limit)
    }
  }
  return newest
}

/** No segment is written to for longer, with an hour to spare. */
export const longestSegmentMs = 2 * 3_600_000

function newestOf(records: readonly PredictionRecord[], limit: number): PredictionRecord[] {
  return records.toSorted((a, b) => b.time - a.time).slice(0, limit)
}

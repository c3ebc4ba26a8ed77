import { readBlocks, startOfBlock } from '../../serving/log/block-file.ts'
import type { LoggedModel, PredictionRecord } from '../../serving/log/prediction-record.ts'
import { longestSegmentMs, readLoggedModel, recordsIn } from '../../serving/log/read-predictions.ts'
import { readSegment } from '../../serving/log/read-segment.ts'
import { listSegments, type Segment } from '../../serving/log/segment-name.ts'

/** A row that a model has answered. */
export interface AnsweredRow {
  record: PredictionRecord
  row: number
  id: string
}

/** The newest rows that a version has answered, those of the fallback left out, the newest first. */
export async function newestRows(folder: string, newest: number): Promise<AnsweredRow[]> {
  let rows: AnsweredRow[] = []
  for (const segment of (await listSegments(folder, 'predictions')).toReversed()) {
    const oldest = rows.length < newest ? -Infinity : rows.at(-1)!.record.time
    if (segment.startedAt + longestSegmentMs < oldest) break
    const more = await newestOfSegment(segment, newest)
    rows = [...rows, ...more].toSorted((a, b) => b.record.time - a.record.time).slice(0, newest)
  }
  return rows
}

/** A segment is in the order of time: its last blocks are enough. */
async function newestOfSegment(segment: Segment, newest: number): Promise<AnsweredRow[]> {
  const blocks: { start: number; end: number }[] = []
  let model: LoggedModel | null = null
  const options = { from: 0, readHeader: readLoggedModel }
  for await (const { header, payload, end } of readSegment(segment, options)) {
    if (header.role !== 'live' && header.role !== 'canary') return []
    model = header
    blocks.push({ start: startOfBlock({ payload, end }), end })
  }
  const rows: AnsweredRow[] = []
  for (const { start, end } of blocks.toReversed()) {
    if (rows.length >= newest) break
    for await (const { payload } of readBlocks(segment.path, start, end))
      for (const record of recordsIn({ header: model!, payload }).toReversed())
        for (const [row, id] of record.predictionIds.entries()) rows.push({ record, row, id })
  }
  return rows
}

/** A value that the model was asked with: NaN or '' for none, and for a column that was not logged. */
export function inputOf(
  { record: { model, inputs, firstRow }, row }: AnsweredRow,
  column: { name: string; isText: boolean },
): number | string {
  const logged = model.inputs.find(({ name }) => name === column.name)
  const none = column.isText ? '' : Number.NaN
  if (!logged || (logged.type === 'text') !== column.isText) return none
  return inputs.columns[column.name]![firstRow + row] ?? none
}

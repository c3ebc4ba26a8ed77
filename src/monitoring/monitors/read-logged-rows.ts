import { logFilterSchema, type LoggedPrediction } from '../../contract/prediction-log-contract.ts'
import { loggedRows } from '../../serving/deployments/logged-rows.ts'
import { readPrediction } from '../../serving/log/prediction-record.ts'
import { createRecordReader } from '../../serving/log/record-bytes.ts'
import { readSegment } from '../../serving/log/read-segment.ts'
import type { Feedback } from '../../serving/log/feedback-log.ts'
import type { StoredTruth, WindowParts } from '../../storage/monitors.ts'
import type { LogFiles } from './log-files.ts'

const everything = logFilterSchema.parse({})

/** Some rows of a window as they are shown, in the order of their ids. */
export async function readLoggedRows(
  files: LogFiles,
  wanted: {
    parts: WindowParts
    ids: readonly string[]
    truths: ReadonlyMap<string, StoredTruth>
    classes: readonly string[] | null
  },
): Promise<LoggedPrediction[]> {
  const { parts, ids, truths, classes } = wanted
  const missing = new Set(ids)
  const found = new Map<string, LoggedPrediction>()
  const feedbackOf = (id: string): Feedback | undefined => {
    const truth = truths.get(id)
    return truth && feedbackIn(id, truth)
  }
  for (const { name, offset } of parts.files) {
    const file = await files.find(name)
    if (!file) continue
    for await (const { payload } of readSegment(file.segment, { from: offset, readHeader: () => null })) {
      const reader = createRecordReader(payload)
      while (!reader.isAtEnd) {
        const record = readPrediction(reader, file.model)
        for (const [row, id] of record.predictionIds.entries()) {
          if (!missing.delete(id)) continue
          const own = {
            ...record,
            predictionIds: [id],
            firstRow: row,
            inputs: { rows: 1, columns: record.inputs.columns },
          }
          const [shown] = loggedRows(own, everything, { classesOf: () => classes, feedbackOf })
          if (shown) found.set(id, { ...shown, row, rowsOfRequest: record.inputs.rows })
        }
      }
      if (missing.size === 0) break
    }
  }
  return ids.flatMap((id) => found.get(id) ?? [])
}

function feedbackIn(predictionId: string, [, time, label, isRight, score]: StoredTruth): Feedback {
  return {
    predictionId,
    time,
    ...(label !== null && { label }),
    ...(isRight !== null && { isRight }),
    ...(score !== null && { score }),
  }
}

import type { PredictionRecord } from '../../serving/log/prediction-record.ts'
import { newestPredictions } from '../../serving/log/read-predictions.ts'

/** A row that a model has answered. */
export interface AnsweredRow {
  record: PredictionRecord
  row: number
  id: string
}

/** The newest rows that a version has answered, those of the fallback left out, the newest first. */
export async function newestRows(folder: string, newest: number): Promise<AnsweredRow[]> {
  const records = await newestPredictions(folder, {
    limit: newest,
    matches: ({ model: { role } }) => role === 'live' || role === 'canary',
  })
  const rows: AnsweredRow[] = []
  for (const record of records)
    for (const [row, id] of record.predictionIds.entries()) {
      if (rows.length === newest) return rows
      rows.push({ record, row, id })
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

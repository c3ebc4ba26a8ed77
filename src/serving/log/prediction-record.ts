import { z } from 'zod'
import { columnTypes } from '../../core/columns.ts'
import type { OutputColumns } from '../../onnx/session.ts'
import type { ColumnChunk } from '../../tables/column-chunk.ts'
import { predictionIdBytes } from '../prediction-id.ts'
import type { RecordReader, RecordWriter } from './record-bytes.ts'

/** What gives answers of one kind, and of which columns they are made. */
export const loggedModelSchema = z.strictObject({
  model: z.string(),
  version: z.int(),
  /** Hash of the model's artifact; empty for an answer that no model gave. */
  artifact: z.string(),
  role: z.enum(['live', 'canary', 'shadow', 'fallback']),
  inputs: z.array(z.strictObject({ name: z.string(), type: z.enum(columnTypes) })),
  outputs: z.array(
    z.strictObject({ name: z.string(), type: z.enum(['text', 'float32', 'float64']), width: z.int() }),
  ),
})
export type LoggedModel = z.infer<typeof loggedModelSchema>

/** One answered request. */
export interface PredictionRecord {
  model: LoggedModel
  /** Epoch ms of the answer. */
  time: number
  latencySeconds: number
  requestId: string
  traceparent: string
  /** One a row. */
  predictionIds: readonly string[]
  /**
   * Typed, as the model got them. Columns, those of the answers too, may hold more than the `rows` of this request, when
   * it was answered along with others: its own begin with this one.
   */
  firstRow: number
  inputs: ColumnChunk
  outputs: OutputColumns
}

/** Columns stand without their names, in the order of the model's. */
export function writePrediction(writer: RecordWriter, record: PredictionRecord): void {
  const { model, inputs, outputs, predictionIds } = record
  writer.f64(record.time)
  writer.f32(record.latencySeconds)
  writer.u32(inputs.rows)
  writer.text(record.requestId)
  writer.text(record.traceparent)
  // Each is a whole number of groups of base64, and so are all of them together.
  writer.base64(predictionIds.length === 1 ? predictionIds[0]! : predictionIds.join(''))
  const range = { from: record.firstRow, to: record.firstRow + inputs.rows }
  for (const { name } of model.inputs) writeColumn(writer, inputs.columns[name]!, range)
  for (const { name, width } of model.outputs)
    writeColumn(writer, outputs[name]!, { from: range.from * width, to: range.to * width })
}

function writeColumn(
  writer: RecordWriter,
  column: Float32Array | Float64Array | string[],
  { from, to }: { from: number; to: number },
): void {
  if (!Array.isArray(column)) writer.numbers(column, from, to)
  else for (let at = from; at < to; at += 1) writer.text(column[at]!)
}

export function readPrediction(reader: RecordReader, model: LoggedModel): PredictionRecord {
  const time = reader.f64()
  const latencySeconds = reader.f32()
  const rows = reader.u32()
  const requestId = reader.text()
  const traceparent = reader.text()
  const predictionIds = Array.from({ length: rows }, () => reader.base64(predictionIdBytes))
  const texts = (): string[] => Array.from({ length: rows }, () => reader.text())
  const columns = model.inputs.map(
    ({ name, type }) => [name, type === 'text' ? texts() : reader.float64s(rows)] as const,
  )
  const outputs = model.outputs.map(({ name, type, width }) => {
    if (type === 'text') return [name, texts()] as const
    return [name, type === 'float32' ? reader.float32s(rows * width) : reader.float64s(rows * width)] as const
  })
  return {
    model,
    time,
    latencySeconds,
    requestId,
    traceparent,
    predictionIds,
    firstRow: 0,
    inputs: { rows, columns: Object.fromEntries(columns) },
    outputs: Object.fromEntries(outputs),
  }
}

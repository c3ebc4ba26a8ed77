import { predictionIdBytes } from '../../serving/prediction-id.ts'
import type { LoggedModel } from '../../serving/log/prediction-record.ts'
import { createRecordReader, type RecordReader } from '../../serving/log/record-bytes.ts'

/** A logged request, column by column as its model has them; the arrays are used again for the next one. */
export interface LoggedRequest {
  /** Epoch ms. */
  time: number
  rows: number
  ids: string[]
  inputs: (number[] | string[])[]
  outputs: (number[] | string[])[]
}

/** The requests of a block, one after the other. */
export interface LoggedBlock {
  readonly isAtEnd: boolean
  next(): LoggedRequest
}

/** Reads as `readPrediction` does, without an array for each value of a single row. */
export function readBlock(payload: Buffer, model: LoggedModel): LoggedBlock {
  const reader = createRecordReader(payload)
  return {
    get isAtEnd() {
      return reader.isAtEnd
    },
    next() {
      const time = reader.f64()
      reader.f32()
      const rows = reader.u32()
      reader.text()
      reader.text()
      return {
        time,
        rows,
        ids: Array.from({ length: rows }, () => reader.base64(predictionIdBytes)),
        inputs: model.inputs.map(({ type }) =>
          type === 'text' ? texts(reader, rows) : numbers(reader, rows, 'float64'),
        ),
        outputs: model.outputs.map(({ type, width }) =>
          type === 'text' ? texts(reader, rows) : numbers(reader, rows * width, type),
        ),
      }
    },
  }
}

function texts(reader: RecordReader, rows: number): string[] {
  const values: string[] = []
  for (let row = 0; row < rows; row++) values.push(reader.text())
  return values
}

function numbers(reader: RecordReader, count: number, type: 'float32' | 'float64'): number[] {
  const values: number[] = []
  for (let at = 0; at < count; at++) values.push(type === 'float32' ? reader.f32() : reader.f64())
  return values
}

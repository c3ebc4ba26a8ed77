import { distancesOutput } from '../../../core/answer-names.ts'
import type { Signature, StartColumn } from '../../../core/artifacts.ts'
import type { DataType } from './data-type.ts'

/** A tensor as metadata describes it; -1 is “as many as there are rows”. */
export interface TensorMetadata {
  name: string
  datatype: DataType
  shape: [-1, number]
}

/** One tensor a raw column. Dates are texts, read by the rules of the column. */
export function inputTensors({ inputs }: Signature): TensorMetadata[] {
  return inputs.map(({ name, type }) => ({ name, datatype: dataTypeOfColumn(type), shape: [-1, 1] }))
}

export function outputTensors({ outputs }: Signature): TensorMetadata[] {
  return outputs.map((output) => ({
    name: output.name,
    datatype: dataTypeOfAnswer(output),
    shape: [-1, output.width],
  }))
}

function dataTypeOfColumn(type: StartColumn['type']): DataType {
  switch (type) {
    case 'number':
      return 'FP64'
    case 'integer':
      return 'INT64'
    case 'boolean':
      return 'BOOL'
    case 'text':
    case 'date':
    case 'datetime':
      return 'BYTES'
  }
}

function dataTypeOfAnswer({ name, type }: Signature['outputs'][number]): DataType {
  switch (type) {
    case 'text':
      return 'BYTES'
    case 'number':
      return 'FP64'
    case 'vector':
      return name === distancesOutput ? 'FP64' : 'FP32'
  }
}

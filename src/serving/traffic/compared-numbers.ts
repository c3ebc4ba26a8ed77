import type { ModelData } from '../../core/artifacts.ts'
import type { OutputColumns } from '../../onnx/session.ts'

/**
 * One number a row by which two models can be compared: the answer, or the probability of the positive class. NaN where
 * there is no such number.
 */
export function comparedNumbers(
  { value, probabilities }: OutputColumns,
  { classes, positive }: ModelData['target'],
  rows: number,
): Float64Array {
  if (value) return Float64Array.from({ length: rows }, (_, row) => Number(value[row]))
  const place = classes?.indexOf(positive ?? '') ?? -1
  if (!probabilities || place < 0) return new Float64Array(rows).fill(NaN)
  const width = classes!.length
  return Float64Array.from({ length: rows }, (_, row) => Number(probabilities[row * width + place]))
}

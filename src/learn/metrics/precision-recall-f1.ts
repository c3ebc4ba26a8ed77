import { countsByClass, type ClassCounts, type ConfusionMatrix } from './confusion-matrix.ts'
import { byConvention, defined, undefinedBecause, type MetricValue } from './metric-value.ts'

export interface PrecisionRecallF1 {
  precision: MetricValue
  recall: MetricValue
  f1: MetricValue
}

/** Of one class: how many of the rows said to be of it are, how many of its rows were found, and their harmonic mean. */
export function precisionRecallF1(matrix: ConfusionMatrix, code: number): PrecisionRecallF1 {
  return ofCounts(countsByClass(matrix)[code]!)
}

/** The means over the classes that some row is of or is said to be of. */
export function macroPrecisionRecallF1(matrix: ConfusionMatrix): PrecisionRecallF1 {
  const present = countsByClass(matrix).filter(({ actual, predicted }) => actual > 0 || predicted > 0)
  const each = present.map(ofCounts)
  return {
    precision: mean(each.map(({ precision }) => precision)),
    recall: mean(each.map(({ recall }) => recall)),
    f1: mean(each.map(({ f1 }) => f1)),
  }
}

function ofCounts({ truePositives, actual, predicted }: ClassCounts): PrecisionRecallF1 {
  return {
    precision:
      predicted > 0
        ? defined(truePositives / predicted)
        : byConvention(0, 'No row is answered with the class.'),
    recall: actual > 0 ? defined(truePositives / actual) : byConvention(0, 'No row is of the class.'),
    f1:
      actual + predicted > 0
        ? defined((2 * truePositives) / (actual + predicted))
        : byConvention(0, 'No row is of the class, and none is answered with it.'),
  }
}

function mean(values: readonly MetricValue[]): MetricValue {
  if (values.length === 0) return undefinedBecause('There are no rows.')
  const sum = values.reduce((total, { value }) => total + value!, 0)
  const reason = values.find((value) => value.reason !== undefined)?.reason
  return {
    value: sum / values.length,
    ...(reason !== undefined && { reason: `Of at least one class: ${reason}` }),
  }
}

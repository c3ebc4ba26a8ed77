import { countsByClass, type ConfusionMatrix } from './confusion-matrix.ts'
import { defined, undefinedBecause, type MetricValue } from './metric-value.ts'

/** The share of rows that are answered rightly. */
export function accuracy(matrix: ConfusionMatrix): MetricValue {
  const counts = countsByClass(matrix)
  const total = counts.reduce((sum, { actual }) => sum + actual, 0)
  if (total === 0) return undefinedBecause('There are no rows.')
  return defined(counts.reduce((sum, { truePositives }) => sum + truePositives, 0) / total)
}

/** The mean recall of the classes that have rows. */
export function balancedAccuracy(matrix: ConfusionMatrix): MetricValue {
  const present = countsByClass(matrix).filter(({ actual }) => actual > 0)
  if (present.length === 0) return undefinedBecause('There are no rows.')
  return defined(
    present.reduce((sum, { truePositives, actual }) => sum + truePositives / actual, 0) / present.length,
  )
}

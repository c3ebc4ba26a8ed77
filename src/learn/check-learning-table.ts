import { learnError } from './errors.ts'
import { learningParts, type LearningTable } from './learner.ts'

/** Throws unless there are train rows, features, and usable weights. */
export function checkLearningTable(table: LearningTable): void {
  if (table.rows.train === 0) throw learnError('no-rows')
  if (table.features.length === 0) throw learnError('no-features')
  const answers = table.target.task === 'regression' ? table.target.values : table.target.codes
  for (const part of learningParts) {
    const rows = table.rows[part]
    if (answers[part].length !== rows || (table.weights && table.weights[part].length !== rows)) {
      throw new RangeError(`answers or weights do not match the ${rows} ${part} rows`)
    }
    if (table.weights && rows > 0) checkWeights(table.weights[part])
  }
}

function checkWeights(weights: Float64Array): void {
  const bad = weights.find((weight) => !(weight >= 0 && weight < Infinity))
  if (bad !== undefined)
    throw learnError('weight-unusable', { value: Number.isNaN(bad) ? 'missing values' : bad })
  if (weights.every((weight) => weight === 0)) throw learnError('weight-unusable', { value: 'only zeros' })
}

import { learnError } from '../errors.ts'
import type { LearningTable } from '../learner.ts'

/** The places of features in the matrix. Throws `learn.unknown-feature`. */
export function featuresNamed({ features }: LearningTable, names: readonly string[]): Set<number> {
  return new Set(
    names.map((name) => {
      const index = features.indexOf(name)
      if (index < 0) throw learnError('unknown-feature', { feature: name, features })
      return index
    }),
  )
}

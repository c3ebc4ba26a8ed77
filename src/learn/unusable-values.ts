import type { CompressedChunk } from './compressed-rows.ts'
import { learnError } from './errors.ts'
import type { LearningPart, LearningTable, MatrixChunk } from './learner.ts'

/** Counts the values that no linear model can take. */
export interface UnusableValues {
  count(chunk: MatrixChunk): void
  countCompressed(chunk: CompressedChunk): void
  /** Throws when a feature has missing or infinite values. */
  refuse(): void
}

export function unusableValues(
  { features, rows }: Pick<LearningTable, 'features' | 'rows'>,
  part: LearningPart,
): UnusableValues {
  const missing = new Uint32Array(features.length)
  const infinite = new Uint32Array(features.length)
  return {
    count({ data }) {
      for (let at = 0; at < data.length; at++) {
        const value = data[at]!
        if (Number.isFinite(value)) continue
        const counts = Number.isNaN(value) ? missing : infinite
        counts[at % features.length]!++
      }
    },
    countCompressed(chunk) {
      for (let at = 0; at < chunk.values.length; at++) {
        const value = chunk.values[at]!
        if (Number.isFinite(value)) continue
        const counts = Number.isNaN(value) ? missing : infinite
        counts[chunk.features[at]!]!++
      }
    },
    refuse() {
      for (const [index, feature] of features.entries()) {
        const place = { feature, part, rows: rows[part] }
        if (missing[index]! > 0)
          throw learnError('feature-missing-values', { ...place, count: missing[index]! })
        if (infinite[index]! > 0) throw learnError('feature-infinite', { ...place, count: infinite[index]! })
      }
    },
  }
}

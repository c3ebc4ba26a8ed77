import type { CompressedChunk } from './compressed-rows.ts'
import { learnError } from './errors.ts'
import type { LearningPart, LearningTable, MatrixChunk } from './learner.ts'

/** Counts the values that no linear model can take. */
export interface UnusableValues {
  /** Of all features, or, where rows have no others, of some. */
  count(chunk: MatrixChunk, own?: Uint32Array): void
  countCompressed(chunk: Pick<CompressedChunk, 'features' | 'values'>): void
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
    count({ data }, own) {
      for (let at = 0; at < data.length; at++) {
        const value = data[at]!
        if (Number.isFinite(value)) continue
        const counts = Number.isNaN(value) ? missing : infinite
        counts[own ? own[at % own.length]! : at % features.length]!++
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

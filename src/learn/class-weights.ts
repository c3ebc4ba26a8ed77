import { learningParts, type NumbersByPart } from './learner.ts'
import type { ClassTarget } from './targets.ts'

/**
 * Row weights under which every class weighs the same in all: those given, times train rows / (classes × train rows of
 * the class), as `class_weight='balanced'` of scikit-learn. Validation rows are weighted by the same factors.
 */
export function balanceClasses(target: ClassTarget, weights?: NumbersByPart): NumbersByPart {
  const { classes, codes } = target
  const counts = new Float64Array(classes.length)
  for (const code of codes.train) counts[code]!++
  const factors = counts.map((count) => codes.train.length / (classes.length * count))
  const balanced = learningParts.map((part) => [
    part,
    Float64Array.from(codes[part], (code, row) => factors[code]! * (weights?.[part][row] ?? 1)),
  ])
  return Object.fromEntries(balanced) as NumbersByPart
}

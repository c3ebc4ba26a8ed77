import type { Artifact } from '../../../src/core/artifacts.ts'

/** What the curves and contributions are about: a value, or the probability of a class. */
export function answerOf({ data: { target } }: Artifact<'model'>): { class: string } | { value: string } {
  if (!target.classes) return { value: target.name }
  return { class: target.positive ?? target.classes.at(-1)! }
}

import type { StoredTruth } from '../../storage/monitors.ts'
import { truthsOf, type Truths } from './truths.ts'

/** What was taken back stays stored, so that it does not come again with what was said before, and says nothing. */
export const saysSomething = ([, , label, isRight, score]: StoredTruth): boolean =>
  label !== null || isRight !== null || score !== null

export const asTruths = (stored: readonly StoredTruth[]): Truths =>
  truthsOf(
    new Map(
      stored
        .filter(saysSomething)
        .map(([place, , label, isRight, score]) => [place, { label, isRight, score }]),
    ),
  )

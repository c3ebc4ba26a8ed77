import type { Artifact } from '../../../src/core/artifacts.ts'

export type Answer = { class: string } | { value: string }

/**
 * What the curves and contributions are about: a value, or a class: the one that is wanted, else the positive of two, else
 * the one of several that these rows are answered with most often.
 */
export function answerOf(
  { data: { target } }: Artifact<'model'>,
  { wanted, answered }: { wanted: string | undefined; answered: readonly string[] | null },
): Answer {
  if (!target.classes) return { value: target.name }
  return { class: wanted ?? target.positive ?? mostFrequent(answered ?? []) ?? target.classes.at(-1)! }
}

/** The first of several that are as frequent. */
function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce<[string, number] | undefined>(
    (best, each) => (best && best[1] >= each[1] ? best : each),
    undefined,
  )?.[0]
}

/** What was said about a row: null where it was not. */
export interface Truth {
  label: string | number | boolean | null
  isRight: boolean | null
  score: number | null
}

/** What was said about rows, by their places. */
export interface Truths {
  /** How many of the rows something was said about. */
  readonly count: number
  of(place: number): Truth | null
  some(places: readonly number[]): Truths
}

/** Of rows whose labels are known; null where none is. */
export function createTruths(labels: readonly (string | number | boolean | null)[] | null): Truths {
  const said = new Map<number, Truth>()
  for (const [place, label] of (labels ?? []).entries())
    if (label !== null) said.set(place, { label, isRight: null, score: null })
  return truthsOf(said)
}

export function truthsOf(said: ReadonlyMap<number, Truth>): Truths {
  return {
    count: said.size,
    of: (place) => said.get(place) ?? null,
    some(places) {
      const part = new Map<number, Truth>()
      for (const [place, before] of places.entries()) {
        const truth = said.get(before)
        if (truth) part.set(place, truth)
      }
      return truthsOf(part)
    },
  }
}

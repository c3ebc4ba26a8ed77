/** The name that was probably meant: the closest by edit distance, letter case aside, or none that is close. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 3))
  const wanted = name.toLowerCase()
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance && distance < Math.max(name.length, candidate.length)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** A remedy: the name that was probably meant, else another sentence. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const near = nearestName(name, names)
  return near === undefined ? otherwise : `Did you mean “${near}”?`
}

/** Levenshtein distance where it is below a limit, else a number that is not. */
function editDistance(a: string, b: string, limit: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  let current = [...previous]
  for (let i = 1; i <= a.length; i++) {
    // Further from the diagonal no way is short enough.
    const from = Math.max(1, i - limit + 1)
    const to = Math.min(b.length, i + limit - 1)
    let least = (current[from - 1] = from === 1 ? i : limit)
    for (let j = from; j <= to; j++) {
      const substitution = previous[j - 1]! + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1)
      const distance = Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1)
      current[j] = distance
      if (distance < least) least = distance
    }
    if (least >= limit) return limit
    if (to < b.length) current[to + 1] = limit
    const free = previous
    previous = current
    current = free
  }
  return previous[b.length]!
}

/**
 * The name that was probably meant, letter case aside: the closest by edit distance, where two letters that changed
 * places count once; else the shortest that begins with what was written, or with which that begins, plurals aside.
 */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  const candidates = [...names]
  return closest(wanted, candidates) ?? sharingStart(wanted, candidates)
}

function closest(wanted: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance)
    if (distance < bestDistance && distance < Math.max(wanted.length, candidate.length)) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Fewer letters begin too many names to mean one of them. */
const fewestLetters = 3

function sharingStart(wanted: string, candidates: readonly string[]): string | undefined {
  return candidates
    .filter((candidate) => {
      const stems = [wanted, candidate.toLowerCase()].map((name) => name.replace(/s$/, ''))
      const [short, long] = stems.toSorted((a, b) => a.length - b.length)
      return short!.length >= fewestLetters && long!.startsWith(short!)
    })
    .toSorted((a, b) => a.length - b.length)[0]
}

/** A remedy: the name that was probably meant, else another sentence. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const near = nearestName(name, names)
  return near === undefined ? otherwise : `Did you mean “${near}”?`
}

/** Optimal string alignment distance where it is below a limit, else a number that is not. */
function editDistance(a: string, b: string, limit: number): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  let current = [...previous]
  for (let i = 1; i <= a.length; i++) {
    // Further from the diagonal no way is short enough.
    const from = Math.max(1, i - limit + 1)
    const to = Math.min(b.length, i + limit - 1)
    let least = (current[from - 1] = from === 1 ? i : limit)
    for (let j = from; j <= to; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = swapped ? beforePrevious[j - 2]! + 1 : limit
      const distance = Math.min(substitution, swap, previous[j]! + 1, current[j - 1]! + 1)
      current[j] = distance
      if (distance < least) least = distance
    }
    if (least >= limit) return limit
    if (to < b.length) current[to + 1] = limit
    const free = i === 1 ? [...current] : beforePrevious
    beforePrevious = previous
    previous = current
    current = free
  }
  return previous[b.length]!
}

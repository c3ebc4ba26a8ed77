/** Gives the version that answers a request: by chance, or, for a key, always the same one. */
export type ChooseVersion<Version> = (key?: string) => Version

/**
 * Shares traffic out by weight. Keys are assigned by weighted rendezvous hashing (Thaler and Ravishankar 1998; weights as
 * Schindelhauer and Schomaker 2005): the version whose −ln(u) / weight is lowest, where u in (0, 1) comes from a hash
 * of key and version. No state: every process, also after a restart, decides alike, and a change of weights moves no more
 * keys than it must.
 */
export function versionChooser<Version extends { key: string; weight: number }>(
  versions: readonly Version[],
): ChooseVersion<Version> {
  const weighted = versions.filter(({ weight }) => weight > 0)
  const [first = versions[0]!] = weighted
  if (weighted.length < 2) return () => first
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0)
  return (key) => (key === undefined ? byChance(weighted, Math.random() * total) : byKey(weighted, key))
}

function byChance<Version extends { weight: number }>(versions: readonly Version[], point: number): Version {
  let left = point
  for (const version of versions) {
    left -= version.weight
    if (left < 0) return version
  }
  return versions.at(-1)!
}

function byKey<Version extends { key: string; weight: number }>(
  versions: readonly Version[],
  key: string,
): Version {
  let best = versions[0]!
  let lowest = Infinity
  for (const version of versions) {
    const score = -Math.log(shareOf(`${version.key}\0${key}`)) / version.weight
    if (score < lowest) {
      lowest = score
      best = version
    }
  }
  return best
}

/** A number in (0, 1): FNV-1a over UTF-16 code units, its bits spread by the finalizer of MurmurHash3. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32
}

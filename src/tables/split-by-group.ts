import type { ByPart } from './apportion.ts'
import { shuffle, type Random } from './random.ts'
import { splitError } from './split-errors.ts'

const parts = [0, 1, 2] as const

/**
 * Whole groups into parts. In random order, each group goes to the part that lacks most rows; then single groups are
 * moved as long as that brings the sizes nearer to the shares. Every part with a share gets a group.
 */
export function splitByGroup(options: {
  /** The group of each row, 0 … count - 1. */
  groups: Uint32Array
  count: number
  shares: ByPart
  random: Random
}): Uint8Array {
  const { groups, count, shares, random } = options
  const wantedParts = parts.filter((part) => shares[part] > 0)
  if (count < wantedParts.length) {
    throw splitError('too-few-groups', { groups: count, parts: wantedParts.length })
  }
  const sizes = new Uint32Array(count)
  for (const group of groups) sizes[group]! += 1
  const lacking = parts.map((part) => shares[part] * groups.length)
  const partOf = new Uint8Array(count)
  const put = (group: number, part: number): void => {
    partOf[group] = part
    lacking[part]! -= sizes[group]!
  }
  for (const group of shuffle(Uint32Array.from(sizes.keys()), random)) {
    put(
      group,
      wantedParts.reduce((best, part) => (lacking[part]! > lacking[best]! ? part : best)),
    )
  }
  const moves = { sizes, partOf, lacking, put, wantedParts }
  for (const part of wantedParts) if (!partOf.includes(part)) fillPart(moves, part)
  for (let move = 0; move < count; move++) if (!improve(moves)) break
  return Uint8Array.from(groups, (group) => partOf[group]!)
}

interface Moves {
  sizes: Uint32Array
  partOf: Uint8Array
  lacking: number[]
  put: (group: number, part: number) => void
  wantedParts: readonly number[]
}

/** Gives an empty part the smallest group of a part that keeps another. */
function fillPart({ sizes, partOf, lacking, put }: Moves, part: number): void {
  const groupsIn = [0, 0, 0]
  for (const other of partOf) groupsIn[other]! += 1
  let smallest = -1
  for (const [group, other] of partOf.entries()) {
    if (groupsIn[other]! > 1 && (smallest < 0 || sizes[group]! < sizes[smallest]!)) smallest = group
  }
  lacking[partOf[smallest]!]! += sizes[smallest]!
  put(smallest, part)
}

/** Moves the one group that brings the sizes nearest to the shares; false where none does. */
function improve({ sizes, partOf, lacking, put, wantedParts }: Moves): boolean {
  const groupsIn = [0, 0, 0]
  for (const part of partOf) groupsIn[part]! += 1
  let best = { group: -1, part: -1, gain: 1e-9 }
  for (const [group, from] of partOf.entries()) {
    const size = sizes[group]!
    if (groupsIn[from] === 1) continue
    for (const part of wantedParts) {
      if (part === from) continue
      const before = Math.abs(lacking[from]!) + Math.abs(lacking[part]!)
      const after = Math.abs(lacking[from]! + size) + Math.abs(lacking[part]! - size)
      if (before - after > best.gain) best = { group, part, gain: before - after }
    }
  }
  if (best.group < 0) return false
  lacking[partOf[best.group]!]! += sizes[best.group]!
  put(best.group, best.part)
  return true
}

/** Which answers have a label, and which had one before. */
export interface LabelBook {
  /** Answers that have a label now and had none before. */
  readonly fresh: number
  /** What was said last of an answer; earlier words of it than those known count no more. `time` in epoch ms. */
  note(word: { id: string; time: number; isLabel: boolean }): void
  /** What has a label by now had one before from here on. */
  turnPage(): void
}

/** Of further ones is not known whether they had a label before: 50 MB at most. */
const mostAnswers = 2 ** 20
const startSlots = 1024
const [isUsed, hasLabel, hadLabel] = [1, 2, 4]

/** Open addressing by 64 bits of each id. */
export function createLabelBook(): LabelBook {
  let keys = new BigUint64Array(startSlots)
  let times = new Float64Array(startSlots)
  let flags = new Uint8Array(startSlots)
  let size = 0
  let fresh = 0

  const slotOf = (key: bigint): number => {
    const mask = keys.length - 1
    let slot = Number(key & 0x3fffffffn) & mask
    while (flags[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }
  const grow = (): void => {
    const [oldKeys, oldTimes, oldFlags] = [keys, times, flags]
    keys = new BigUint64Array(oldKeys.length * 2)
    times = new Float64Array(oldKeys.length * 2)
    flags = new Uint8Array(oldKeys.length * 2)
    for (let old = 0; old < oldKeys.length; old++) {
      if (oldFlags[old] === 0) continue
      const slot = slotOf(oldKeys[old]!)
      keys[slot] = oldKeys[old]!
      times[slot] = oldTimes[old]!
      flags[slot] = oldFlags[old]!
    }
  }
  const isFresh = (flag: number): boolean => (flag & (hasLabel | hadLabel)) === hasLabel
  return {
    get fresh() {
      return fresh
    },
    note({ id, time, isLabel }) {
      const key = hashOf(id)
      const slot = slotOf(key)
      const before = flags[slot]!
      // Several processes write the log, each into a file of its own.
      if (before !== 0 && time < times[slot]!) return
      const now = isUsed | (isLabel ? hasLabel : 0) | (before & hadLabel)
      fresh += Number(isFresh(now)) - Number(isFresh(before))
      if (before === 0 && size >= mostAnswers) return
      keys[slot] = key
      times[slot] = time
      flags[slot] = now
      if (before === 0 && ++size > flags.length * 0.7) grow()
    },
    turnPage() {
      flags = flags.map((flag) => (flag & hasLabel ? flag | hadLabel : flag & ~hadLabel))
      fresh = 0
    },
  }
}

/** Two of FNV-1a from different beginnings, each with the finish of MurmurHash3. */
function hashOf(text: string): bigint {
  return (BigInt(half(text, 0x811c9dc5)) << 32n) | BigInt(half(text, 0x2b992ddf))
}

function half(text: string, start: number): number {
  let hash = start
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

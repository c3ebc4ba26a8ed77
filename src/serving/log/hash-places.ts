/** Which numbers (places) a text may have: it remembers 32 bits of each text, so that what it finds must be looked at. */
export interface HashPlaces {
  /** Texts that were added. */
  readonly size: number
  add(text: string, place: number): void
  /** The places under which the text may have been added, the newest last. */
  of(text: string): number[]
  has(text: string): boolean
  clear(): void
}

const startSlots = 1024

/** Open addressing with linear probing: at most 23 bytes a text. */
export function createHashPlaces(): HashPlaces {
  let hashes = new Uint32Array(startSlots)
  /** One more than the place; 0 where a slot is free. */
  let places = new Uint32Array(startSlots)
  let size = 0
  const put = (hash: number, place: number): void => {
    const mask = hashes.length - 1
    let slot = hash & mask
    while (places[slot] !== 0) slot = (slot + 1) & mask
    hashes[slot] = hash
    places[slot] = place
  }
  const grow = (): void => {
    const [oldHashes, oldPlaces] = [hashes, places]
    hashes = new Uint32Array(oldHashes.length * 2)
    places = new Uint32Array(oldHashes.length * 2)
    // From behind the last free slot on, so that equal ones stay in their order.
    const free = oldPlaces.lastIndexOf(0)
    for (let step = 1; step <= oldPlaces.length; step++) {
      const slot = (free + step) & (oldPlaces.length - 1)
      if (oldPlaces[slot] !== 0) put(oldHashes[slot]!, oldPlaces[slot]!)
    }
  }
  return {
    get size() {
      return size
    },
    add(text, place) {
      if (size >= hashes.length * 0.7) grow()
      put(hashOf(text), place + 1)
      size += 1
    },
    of(text) {
      const hash = hashOf(text)
      const mask = hashes.length - 1
      const found: number[] = []
      for (let slot = hash & mask; places[slot] !== 0; slot = (slot + 1) & mask)
        if (hashes[slot] === hash) found.push(places[slot]! - 1)
      return found
    },
    has(text) {
      return this.of(text).length > 0
    },
    clear() {
      hashes = new Uint32Array(startSlots)
      places = new Uint32Array(startSlots)
      size = 0
    },
  }
}

/** FNV-1a with the finish of MurmurHash3, whose lower bits depend on all. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

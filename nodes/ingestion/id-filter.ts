/** Tells ids that were never added, mostly: what it lets through must be looked at again. */
export interface IdFilter {
  add(id: string): void
  mayHave(id: string): boolean
}

const bits = 26

/** 8 MB, however many ids there are; of a million, it lets through one in sixty-seven others. */
export function createIdFilter(): IdFilter {
  const bytes = new Uint8Array(2 ** (bits - 3))
  return {
    add(id) {
      const place = placeOf(id)
      bytes[place >>> 3]! |= 1 << (place & 7)
    },
    mayHave(id) {
      const place = placeOf(id)
      return (bytes[place >>> 3]! & (1 << (place & 7))) !== 0
    },
  }
}

/** FNV-1a, 32 bits, of which the upper ones count. */
function placeOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return hash >>> (32 - bits)
}

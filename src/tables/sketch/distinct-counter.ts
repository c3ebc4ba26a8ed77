const INDEX_BITS = 12
const REGISTERS = 1 << INDEX_BITS
/** Bits of a hash that are left for the rank. */
const RANK_BITS = 64 - INDEX_BITS

/**
 * How many different values a stream has: HyperLogLog (Flajolet et al. 2007) with 4 096 registers, a standard error of
 * 1.04 / √4096 = 1.6 %, and the estimator of Ertl (“New cardinality estimation algorithms for HyperLogLog sketches”,
 * 2017, algorithm 6), which needs no corrections by range.
 */
export class DistinctCounter {
  readonly #registers = new Uint8Array(REGISTERS)

  add(value: number | string): void {
    const [high, low] = typeof value === 'number' ? hashNumber(value) : hashText(value)
    const index = high >>> (32 - INDEX_BITS)
    const rest = (high << INDEX_BITS) | (low >>> (32 - INDEX_BITS))
    const zeros = rest !== 0 ? Math.clz32(rest) : 32 + Math.min(RANK_BITS - 32, Math.clz32(low << INDEX_BITS))
    const rank = zeros + 1
    if (rank > this.#registers[index]!) this.#registers[index] = rank
  }

  /** The same for each of some numbers. */
  addNumbers(values: Float64Array): void {
    const registers = this.#registers
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
    for (let index = 0; index < values.length; index++) {
      const high = highHash(mix(bits[index * 2]! ^ LOW_SEED), bits[index * 2 + 1]!)
      const rest = high << INDEX_BITS
      // The lower word counts only behind twenty zeros.
      if (rest === 0) this.add(values[index]!)
      else {
        const rank = Math.clz32(rest) + 1
        const register = high >>> (32 - INDEX_BITS)
        if (rank > registers[register]!) registers[register] = rank
      }
    }
  }

  merge(other: DistinctCounter): void {
    for (let index = 0; index < REGISTERS; index++) {
      this.#registers[index] = Math.max(this.#registers[index]!, other.#registers[index]!)
    }
  }

  get estimate(): number {
    const histogram = new Float64Array(RANK_BITS + 2)
    for (const rank of this.#registers) histogram[rank]! += 1
    let sum = REGISTERS * tau(1 - histogram[RANK_BITS + 1]! / REGISTERS)
    for (let rank = RANK_BITS; rank >= 1; rank--) sum = 0.5 * (sum + histogram[rank]!)
    sum += REGISTERS * sigma(histogram[0]! / REGISTERS)
    return (REGISTERS * REGISTERS) / (2 * Math.LN2 * sum)
  }
}

function sigma(x: number): number {
  if (x === 1) return Infinity
  let power = x
  let weight = 1
  let sum = x
  for (;;) {
    power *= power
    const next = sum + power * weight
    if (next === sum) return sum
    sum = next
    weight += weight
  }
}

function tau(x: number): number {
  if (x === 0 || x === 1) return 0
  let root = x
  let weight = 1
  let sum = 1 - x
  for (;;) {
    root = Math.sqrt(root)
    weight *= 0.5
    const next = sum - (1 - root) ** 2 * weight
    if (next === sum) return sum / 3
    sum = next
  }
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

const LOW_SEED = 0x9e3779b9

const highHash = (low: number, word: number): number => mix(word ^ low)

function hashNumber(value: number): [high: number, low: number] {
  double[0] = value
  const low = mix(words[0]! ^ LOW_SEED)
  const high = highHash(low, words[1]!)
  return [high, mix(low ^ Math.imul(high, 0x85ebca6b))]
}

function hashText(text: string): [high: number, low: number] {
  let high = 0x811c9dc5
  let low = 0x9e3779b9
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 0x01000193)
    low = Math.imul(low ^ unit, 0x5bd1e995)
  }
  const first = mix(high ^ text.length)
  return [first, mix(low ^ first)]
}

/** The finalizer of MurmurHash3 (Appleby): each bit of the result depends on all of the word. */
function mix(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

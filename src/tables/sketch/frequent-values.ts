/**
 * Counts of the most frequent values of a stream (Misra and Gries 1982): exact as long as there are at most
 * `CAPACITY` different ones; beyond, a count is too low by at most `missed`, which is at most n / (CAPACITY + 1), and
 * a value that is more frequent than that is among them. Merging keeps the bound (Agarwal et al., “Mergeable
 * summaries”, 2012).
 */
export class FrequentValues<Value extends number | string> {
  static readonly CAPACITY = 1024

  /** How much a count may be too low. */
  missed = 0
  #counts = new Map<Value, number>()

  get isExact(): boolean {
    return this.missed === 0
  }

  /** How many values are counted: of all that are different, while exact. */
  get size(): number {
    return this.#counts.size
  }

  /** True where the value was not counted so far. */
  add(value: Value, times = 1): boolean {
    const count = this.#counts.get(value)
    this.#counts.set(value, (count ?? 0) + times)
    if (count !== undefined) return false
    if (this.#counts.size > FrequentValues.CAPACITY) this.#shrink()
    return true
  }

  /**
   * Adds different values, each as often as is said. What has no room among them never comes in, which keeps the bound:
   * as merging with a sketch of their own.
   */
  addBatch({ values, counts }: { values: ArrayLike<Value>; counts: Uint32Array }): void {
    const excess = values.length > FrequentValues.CAPACITY ? firstBeyond(counts) : 0
    this.missed += excess
    for (let index = 0; index < values.length; index++) {
      if (counts[index]! > excess) this.#increase(values[index]!, counts[index]! - excess)
    }
    if (this.#counts.size > FrequentValues.CAPACITY) this.#shrink()
  }

  merge(other: FrequentValues<Value>): void {
    this.missed += other.missed
    for (const [value, count] of other.#counts) this.#increase(value, count)
    if (this.#counts.size > FrequentValues.CAPACITY) this.#shrink()
  }

  /** The most frequent values, the smaller or earlier in code point order first of equally frequent ones. */
  top(limit: number): { value: Value; count: number }[] {
    return [...this.#counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, limit)
  }

  #increase(value: Value, count: number): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count)
  }

  /** Takes from every count what the first beyond the capacity has, so that it and all below it are gone. */
  #shrink(): void {
    const excess = this.#firstBeyond()
    const kept = new Map<Value, number>()
    for (const [value, count] of this.#counts) if (count > excess) kept.set(value, count - excess)
    this.#counts = kept
    this.missed += excess
  }

  /** The largest count that has no room: of one value too many, as they come one by one, the smallest of all. */
  #firstBeyond(): number {
    const counts = [...this.#counts.values()]
    if (counts.length === FrequentValues.CAPACITY + 1)
      return counts.reduce((least, count) => (count < least ? count : least))
    return firstBeyond(Float64Array.from(counts))
  }
}

/** The largest of more counts than there is room for that has none. */
function firstBeyond(counts: Float64Array | Uint32Array): number {
  let repeated = 0
  for (let index = 0; index < counts.length; index++) repeated += counts[index]! > 1 ? 1 : 0
  return repeated > FrequentValues.CAPACITY
    ? counts.toSorted()[counts.length - 1 - FrequentValues.CAPACITY]!
    : 1
}

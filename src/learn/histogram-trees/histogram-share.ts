import type { TreeKernels } from './kernels/tree-kernels.ts'
import type { ThreadTask } from './thread-task.ts'
import type { TrainingPlan } from './training-plan.ts'

/** Histograms as one thread sees them: its own, those of the others, and the slots of leaves; all are addresses. */
export class HistogramShare {
  /** The features that this thread adds up and searches. */
  readonly places: { begin: number; end: number }
  readonly #plan: TrainingPlan
  readonly #thread: number
  readonly #kernels: TreeKernels
  readonly #bytes: Uint8Array

  constructor(task: ThreadTask, { thread, kernels }: { thread: number; kernels: TreeKernels }) {
    this.#plan = task.plan
    this.#thread = thread
    this.#kernels = kernels
    this.#bytes = new Uint8Array(task.memory.buffer)
    this.places = placesOfThread(task.plan, thread)
  }

  own(thread = this.#thread): number {
    const { at, histogramBytes } = this.#plan
    return at.ownHistograms + thread * histogramBytes
  }

  slot(slot: number): number {
    const { at, histogramBytes } = this.#plan
    return at.slots + slot * histogramBytes
  }

  /** Where this thread counts for a slot: a single one counts there at once. */
  countedFor(slot: number): number {
    return this.#plan.threads > 1 ? this.own() : this.slot(slot)
  }

  /** Counts rows into a histogram of zeros. */
  count(
    kernel: 'countAll' | 'countIndexed' | 'countOnes',
    histogram: number,
    [begin, end]: readonly [number, number],
  ): void {
    const { at, layout, histogramBytes } = this.#plan
    this.#bytes.fill(0, histogram, histogram + histogramBytes)
    for (const [index, { firstPlace, places, histogramOffset }] of layout.blocks.entries()) {
      const wanted = this.#bytes.subarray(at.placeWanted + firstPlace, at.placeWanted + firstPlace + places)
      // The first place tells the sums of the root.
      if (index > 0 && !wanted.includes(1)) continue
      this.#kernels.blocks[index]![kernel](at.records[index]!, begin, end, histogram + histogramOffset)
    }
  }

  /** Adds up what all threads counted, for own features. */
  addUp(target: number): void {
    const { begin, end } = this.#ownBytes()
    for (let thread = 1; thread < this.#plan.threads; thread++) {
      const left = (thread === 1 ? this.own(0) : target) + begin
      this.#kernels.addHistograms(target + begin, left, this.own(thread) + begin, target + end)
    }
  }

  /** Takes one histogram from another, for own features. */
  subtract(from: number, taken: number): void {
    const { begin, end } = this.#ownBytes()
    this.#kernels.subtractHistograms(from + begin, from + begin, taken + begin, from + end)
  }

  #ownBytes(): { begin: number; end: number } {
    const { offsets } = this.#plan.layout
    return { begin: offsets[this.places.begin]!, end: offsets[this.places.end]! }
  }
}

/** Features in a row whose bins are about as many as those of each other thread. */
function placesOfThread(plan: TrainingPlan, thread: number): { begin: number; end: number } {
  const { layout, threads, histogramBytes } = plan
  const places = layout.features.length
  const border = (index: number): number => {
    if (index === threads) return places
    const found = layout.offsets.findIndex((offset) => offset >= (histogramBytes * index) / threads)
    return found < 0 ? places : found
  }
  return { begin: border(thread), end: border(thread + 1) }
}

import type { LeafSums, ValueBounds } from './leaf-sums.ts'
import type { SplitCandidate } from './split-candidate.ts'
import type { ThreadTask } from './thread-task.ts'
import { rowGroups } from './training-plan.ts'

/** An inner node while its tree grows; children as in `Tree`. */
export interface Branch {
  candidate: SplitCandidate
  sums: LeafSums
  rows: number
  left: number
  right: number
}

/** A leaf while its tree grows. */
export interface GrowingLeaf {
  id: number
  depth: number
  /** In units. */
  sums: LeafSums
  rows: number
  bounds: ValueBounds
  /** How to split it best. */
  candidate: SplitCandidate
  /** Where its histogram is; −1 where it has none. */
  slot: number
  /** Null for the root. */
  hangsOn: { branch: Branch; side: 'left' | 'right' } | null
}

/** The leaves of a tree that grows, and what the shared memory says about them. */
export class GrowingLeaves {
  readonly all: GrowingLeaf[] = []
  /** A byte a bin. */
  readonly goesLeft: Uint8Array
  readonly #task: ThreadTask
  readonly #freeSlots: number[]
  readonly #words: Int32Array

  constructor(task: ThreadTask) {
    const { plan, memory } = task
    this.#task = task
    this.#freeSlots = Array.from({ length: plan.slots }, (_, index) => plan.slots - 1 - index)
    this.#words = new Int32Array(memory.buffer)
    this.goesLeft = new Uint8Array(memory.buffer, plan.at.goesLeft, 256)
  }

  add(leaf: GrowingLeaf): void {
    leaf.rows = this.#rowsOf(leaf)
    this.all.push(leaf)
  }

  replace(parent: GrowingLeaf, left: GrowingLeaf, right: GrowingLeaf): void {
    left.rows = this.#rowsOf(left)
    this.all[parent.id] = left
    this.add(right)
  }

  /** The leaf with the largest gain, the earliest of equal ones; undefined when none can be split. */
  best(): GrowingLeaf | undefined {
    let best: GrowingLeaf | undefined
    for (const leaf of this.all) {
      if (leaf.candidate.place >= 0 && leaf.candidate.gain > (best?.candidate.gain ?? 0)) best = leaf
    }
    return best
  }

  /** Where all slots are taken, the least promising leaf gives its histogram up; it is counted anew if it must be. */
  takeSlot(): number {
    const free = this.#freeSlots.pop()
    if (free !== undefined) return free
    let least: GrowingLeaf | undefined
    for (const leaf of this.all) {
      if (leaf.slot >= 0 && !(leaf.candidate.gain >= (least?.candidate.gain ?? Infinity))) least = leaf
    }
    const { slot } = least!
    least!.slot = -1
    return slot
  }

  giveBackSlot(leaf: GrowingLeaf): void {
    if (leaf.slot >= 0) this.#freeSlots.push(leaf.slot)
    leaf.slot = -1
  }

  /** Sums of all rows as the threads have just counted them: every row is in a bin of the first place. */
  rootSums(slot: number): LeafSums {
    const { threads, at, histogramBytes, layout } = this.#task.plan
    const sums = { gradient: 0, hessian: 0 }
    for (let thread = 0; thread < threads; thread++) {
      const histogram =
        threads > 1 ? at.ownHistograms + thread * histogramBytes : at.slots + slot * histogramBytes
      for (let bin = 0; bin <= layout.valueBins[0]!; bin++) {
        sums.hessian += this.#words[histogram / 4 + 2 * bin]! >>> 0
        sums.gradient += this.#words[histogram / 4 + 2 * bin + 1]!
      }
    }
    return sums
  }

  /** What the threads counted of a leaf’s rows that would go left. */
  countedLeft({ id }: GrowingLeaf): number {
    const { threads, at, leaves } = this.#task.plan
    let count = 0
    for (let thread = 0; thread < threads; thread++)
      count += this.#words[(at.leafSums + 16 * (leaves * thread + id)) / 4]!
    return count
  }

  #rowsOf({ id }: GrowingLeaf): number {
    const { threads, at, leaves } = this.#task.plan
    let bytes = 0
    for (let thread = 0; thread < threads; thread++) {
      const ranges = (at.leafRows + 8 * leaves * rowGroups.length * thread) / 4 + 2 * id
      bytes += this.#words[ranges + 1]! - this.#words[ranges]!
    }
    return bytes / 4
  }
}

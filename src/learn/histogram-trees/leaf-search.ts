import type { GrowingLeaf, GrowingLeaves } from './growing-leaves.ts'
import type { Growth, Packing } from './growth.ts'
import { unbounded, type LeafSums } from './leaf-sums.ts'
import { fillGoesLeft, noCandidate, readCandidate, type SplitCandidate } from './split-candidate.ts'
import type { RowCounting } from './thread-share.ts'
import { numbersOf } from './team-operations.ts'
import { candidateNumbers } from './training-plan.ts'

/** Looks for the best split of leaves, with every rule kept. */
export class LeafSearch {
  readonly #growth: Growth
  readonly #packing: Packing
  readonly #leaves: GrowingLeaves
  readonly #units: LeafSums
  readonly #counting: RowCounting
  readonly #candidates: readonly Float64Array[]

  constructor(growth: Growth, packing: Packing, leaves: GrowingLeaves) {
    const { plan, memory } = growth.task
    const { scales, mostHessianUnits } = packing
    this.#growth = growth
    this.#packing = packing
    this.#leaves = leaves
    this.#units = { gradient: 1 / scales.gradient, hessian: 1 / scales.hessian }
    this.#counting = mostHessianUnits === 0 ? 'hessian' : 'none'
    this.#candidates = Array.from({ length: 2 * plan.threads }, (_, index) => {
      const place = plan.at.candidates + 8 * candidateNumbers * index
      return new Float64Array(memory.buffer, place, candidateNumbers)
    })
  }

  startRoot(): void {
    const { team } = this.#growth
    const { round, rowShare, scales } = this.#packing
    const slot = this.#leaves.takeSlot()
    team.run('startTree', round, rowShare, scales.gradient, scales.hessian, slot)
    const root: GrowingLeaf = {
      id: 0,
      depth: 0,
      sums: { gradient: 0, hessian: 0 },
      rows: 0,
      bounds: unbounded,
      candidate: noCandidate(),
      slot,
      hangsOn: null,
    }
    this.#leaves.add(root)
    root.sums = this.#leaves.rootSums(slot)
    this.#search(root, null)
  }

  /** The smaller child has been counted; the larger has what its parent had less the smaller, if that was kept. */
  searchChildren(family: {
    parent: GrowingLeaf
    smaller: GrowingLeaf
    larger: GrowingLeaf
    slot: number
  }): void {
    const { parent, smaller, larger, slot } = family
    const leaves = this.#leaves
    smaller.slot = slot
    if (!this.#maySplit(smaller) && !this.#maySplit(larger)) {
      leaves.giveBackSlot(smaller)
      leaves.giveBackSlot(parent)
      return
    }
    if (parent.slot >= 0) {
      larger.slot = parent.slot
      parent.slot = -1
      this.#search(smaller, larger)
      return
    }
    this.#search(smaller, null)
    larger.slot = leaves.takeSlot()
    this.#growth.team.run('countLeaf', larger.id, larger.slot)
    this.#search(larger, null)
  }

  #search(leaf: GrowingLeaf, larger: GrowingLeaf | null): void {
    const { gradient, hessian } = this.#units
    const facts = [leaf, larger ?? leaf].flatMap(numbersOf)
    const counting = this.#counting === 'hessian' ? 1 : 0
    this.#growth.team.run(
      'searchSplits',
      leaf.slot,
      larger?.slot ?? -1,
      gradient,
      hessian,
      counting,
      ...facts,
    )
    for (const [index, each] of [leaf, larger].entries()) {
      if (!each) continue
      if (this.#maySplit(each)) each.candidate = this.#bestCandidate(index)
    }
    // Only now: a search with counts writes over the candidates.
    for (const each of [leaf, larger]) {
      if (!each) continue
      this.#keepRows(each)
      if (each.candidate.place < 0) this.#leaves.giveBackSlot(each)
    }
  }

  /**
   * Histograms do not count rows where hessians differ. A split that has enough of them for sure, or is found to when
   * its rows are counted, is the best of all allowed ones; else the leaf's rows are counted by bin.
   */
  #keepRows(leaf: GrowingLeaf): void {
    const { team, task } = this.#growth
    const { minimumRowsInLeaf } = task.rules
    const { candidate } = leaf
    if (this.#counting === 'hessian' || minimumRowsInLeaf <= 1 || candidate.place < 0) return
    const rightHessian = leaf.sums.hessian - candidate.left.hessian
    const fewest = Math.min(candidate.left.hessian, rightHessian) / this.#packing.mostHessianUnits
    if (fewest >= minimumRowsInLeaf) return
    fillGoesLeft(this.#leaves.goesLeft, candidate)
    team.run('countLeft', leaf.id, candidate.place)
    const left = this.#leaves.countedLeft(leaf)
    if (Math.min(left, leaf.rows - left) >= minimumRowsInLeaf) return
    team.run('countOnes', leaf.id)
    const { gradient, hessian } = this.#units
    team.run('searchCounted', leaf.slot, gradient, hessian, ...numbersOf(leaf))
    leaf.candidate = this.#bestCandidate(0)
  }

  /** The best of all threads; places ascend with them, and of equal ones the first counts. */
  #bestCandidate(index: number): SplitCandidate {
    let best = noCandidate()
    for (let thread = 0; thread < this.#candidates.length / 2; thread++) {
      const candidate = readCandidate(this.#candidates[2 * thread + index]!)
      if (candidate.place >= 0 && (best.place < 0 || candidate.score > best.score)) best = candidate
    }
    return best
  }

  #maySplit({ depth, rows }: GrowingLeaf): boolean {
    const { task, depth: most } = this.#growth
    return depth < most && rows >= 2 * task.rules.minimumRowsInLeaf
  }
}

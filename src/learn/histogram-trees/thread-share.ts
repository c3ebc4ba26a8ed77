import { findSplit } from './find-split.ts'
import { HistogramShare } from './histogram-share.ts'
import { instantiateTreeKernels, type TreeKernels } from './kernels/tree-kernels.ts'
import { scannedBytes } from './kernels/scan-bins.ts'
import type { LeafSums } from './leaf-sums.ts'
import { LossShare } from './loss-share.ts'
import { RowLists } from './row-lists.ts'
import { writeCandidate } from './split-candidate.ts'
import type { LeafHistogram, QuickScan, SearchedLeaf, SplitSearch } from './split-search.ts'
import type { ThreadTask } from './thread-task.ts'
import { candidateNumbers, partOf, rowGroups, rowsOfThread } from './training-plan.ts'

/** Whether the search for a split looks at the number of rows: see `SplitSearch.rows`. */
export type RowCounting = 'none' | 'hessian' | 'counted'

/** The part of every step that one thread does: for its rows, or its features. */
export class ThreadShare {
  readonly #task: ThreadTask
  readonly #thread: number
  readonly #kernels: TreeKernels
  readonly #loss: LossShare
  readonly #histograms: HistogramShare
  readonly #rows: RowLists
  readonly #words: Int32Array

  constructor(task: ThreadTask, thread: number) {
    const { plan, memory, module } = task
    this.#task = task
    this.#thread = thread
    this.#kernels = instantiateTreeKernels({ module, memory, layout: plan.layout })
    this.#loss = new LossShare(task, { thread, kernels: this.#kernels })
    this.#histograms = new HistogramShare(task, { thread, kernels: this.#kernels })
    this.#rows = new RowLists(task, thread)
    this.#words = new Int32Array(memory.buffer)
  }

  /** Softmax: what the classes of a row have in common. */
  prepareRound(part: 'train' | 'validation'): void {
    this.#loss.prepareRound(part)
  }

  /** Writes derivatives of own rows and measures them, block by block. */
  derive(options: { part: 'train' | 'validation'; output: number }): void {
    this.#loss.derive(options)
  }

  /** Packs gradients and counts the root into this thread’s histogram, or, of one thread, into the slot. */
  startTree(options: { round: number; rowShare: number; scales: LeafSums; slot: number }): void {
    const { rowShare, scales, slot } = options
    const { plan } = this.#task
    const [begin, end] = rowsOfThread(plan.rows.train, { thread: this.#thread, threads: plan.threads })
    const { derivatives, records } = plan.at
    for (const [index, { stride }] of plan.layout.blocks.entries()) {
      this.#kernels.blocks[index]!.packGradients(
        derivatives + 8 * begin,
        derivatives + 8 * end,
        records[index]! + stride * begin,
        scales.gradient,
        scales.hessian,
      )
    }
    this.#rows.placeRoot(options)
    if (rowShare < 1) this.countLeaf({ leaf: 0, slot })
    else this.#histograms.count('countAll', this.#histograms.countedFor(slot), [begin, end])
  }

  /** Parts the rows of a leaf: those that go right become the new leaf. Then maybe counts a leaf. */
  splitLeaf(options: { leaf: number; newLeaf: number; place: number; count: number; slot: number }): void {
    const { leaf, newLeaf, place, count, slot } = options
    const { at, rows, threads } = this.#task.plan
    for (const group of rowGroups) {
      const part = partOf(group)
      const [firstRow] = rowsOfThread(rows[part], { thread: this.#thread, threads })
      const middle = this.#kernels.partitionRows(
        this.#column(part, place),
        ...this.#rows.rangeOf(group, leaf),
        at.goesLeft,
        at.scratch[part] + 4 * firstRow,
      )
      this.#rows.part(group, { leaf, newLeaf, middle })
    }
    if (count >= 0) this.countLeaf({ leaf: count, slot })
  }

  /** Counts own rows of a leaf. */
  countLeaf({ leaf, slot }: { leaf: number; slot: number }): void {
    const histogram = this.#histograms.countedFor(slot)
    this.#histograms.count('countIndexed', histogram, this.#rows.rangeOf('grown', leaf))
  }

  /**
   * Adds up what the threads counted, for own features, into a slot; takes it from another slot, if there is one; and
   * searches splits of both.
   */
  searchSplits(options: {
    slot: number
    largerSlot: number
    units: LeafSums
    rows: RowCounting
    leaves: readonly [SearchedLeaf, SearchedLeaf]
  }): void {
    const { slot, largerSlot, units, rows, leaves } = options
    const histogram = this.#histograms.slot(slot)
    this.#histograms.addUp(histogram)
    this.#search({ index: 0, histogram, units, rows, leaf: leaves[0] })
    if (largerSlot < 0) return
    const larger = this.#histograms.slot(largerSlot)
    this.#histograms.subtract(larger, histogram)
    this.#search({ index: 1, histogram: larger, units, rows, leaf: leaves[1] })
  }

  /** Counts the rows, not the gradients, of a leaf by bin. */
  countOnes(leaf: number): void {
    this.#histograms.count('countOnes', this.#histograms.own(), this.#rows.rangeOf('grown', leaf))
  }

  /** Searches again, now with rows counted. */
  searchCounted(options: { slot: number; units: LeafSums; leaf: SearchedLeaf }): void {
    const { slot, units, leaf } = options
    this.#histograms.addUp(this.#histograms.own(0))
    this.#search({ index: 0, histogram: this.#histograms.slot(slot), units, rows: 'counted', leaf })
  }

  /** Tells how many own rows of a leaf would go left. */
  countLeft({ leaf, place }: { leaf: number; place: number }): void {
    this.#words[this.#sumsAt(leaf) / 4] = this.#kernels.countLeftRows(
      this.#column('train', place),
      ...this.#rows.rangeOf('grown', leaf),
      this.#task.plan.at.goesLeft,
    )
  }

  /** Sums the derivatives of own rows by leaf, rounded by these: see `row-gradients.ts`. */
  sumLeaves({ leaves, rounders }: { leaves: number; rounders: LeafSums }): void {
    for (let leaf = 0; leaf < leaves; leaf++) {
      this.#kernels.sumDerivatives(
        this.#task.plan.at.derivatives,
        ...this.#rows.rangeOf('grown', leaf),
        rounders.gradient,
        rounders.hessian,
        this.#sumsAt(leaf),
      )
    }
  }

  /** Writes the quantile of what is left to explain, as leaf value, for every so many-th leaf. */
  findLeafQuantiles({ leaves, level }: { leaves: number; level: number }): void {
    const { plan, memory } = this.#task
    const values = new Float32Array(memory.buffer, plan.at.leafValues, plan.leaves)
    for (let leaf = this.#thread; leaf < leaves; leaf += plan.threads) {
      values[leaf] = this.#loss.quantileOf(this.#rows.grownRowsOf(leaf), level)
    }
  }

  /** Adds the leaf values to the scores of all own rows. */
  addScores({ leaves, output }: { leaves: number; output: number }): void {
    const { plan, memory } = this.#task
    const values = new Float32Array(memory.buffer, plan.at.leafValues, leaves)
    for (const group of rowGroups) {
      const scores = this.#loss.scoresAt(partOf(group), output)
      for (const [leaf, value] of values.entries()) {
        this.#kernels.addToScores(scores, ...this.#rows.rangeOf(group, leaf), value)
      }
    }
  }

  #search(options: {
    index: number
    histogram: number
    units: LeafSums
    rows: RowCounting
    leaf: SearchedLeaf
  }): void {
    const { index, histogram, units, rows, leaf } = options
    const { plan, rules, placeRules, memory } = this.#task
    const { at, layout } = plan
    const wanted = new Uint8Array(memory.buffer, at.placeWanted, layout.features.length)
    const counted: LeafHistogram = { words: this.#words, at: this.#histograms.own(0) / 4 }
    const search: SplitSearch = {
      histogram: { words: this.#words, at: histogram / 4 },
      layout,
      places: { ...this.#histograms.places, wanted, rules: placeRules },
      rules,
      units,
      rows: rows === 'none' ? null : rows === 'hessian' ? rows : counted,
      leaf,
      quickScan: this.#quickScan(leaf.sums, units),
    }
    const place = at.candidates + 8 * candidateNumbers * (2 * this.#thread + index)
    writeCandidate(new Float64Array(memory.buffer, place, candidateNumbers), findSplit(search))
  }

  #quickScan(sums: LeafSums, units: LeafSums): QuickScan {
    const { plan, rules, memory } = this.#task
    const out = plan.at.scanned + scannedBytes * this.#thread
    const scores = new Float64Array(memory.buffer, out, 2)
    const addresses = new Uint32Array(memory.buffer, out + 16, 4)
    const numbers = [sums.gradient, sums.hessian, units.gradient, units.hessian] as const
    return (bins, end) => {
      this.#kernels.scanBins(bins, end, ...numbers, rules.l1, rules.l2, rules.minimumHessianInLeaf, out)
      return {
        right: { score: scores[0]!, last: addresses[0]! },
        left: { score: scores[1]!, last: addresses[2]! },
      }
    }
  }

  #column(part: 'train' | 'validation', place: number): number {
    const { at, rows } = this.#task.plan
    return at.columns[part] + place * rows[part]
  }

  #sumsAt(leaf: number): number {
    const { at, leaves } = this.#task.plan
    return at.leafSums + 16 * (leaves * this.#thread + leaf)
  }
}

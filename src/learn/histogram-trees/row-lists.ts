import { createRandom } from '../../tables/random.ts'
import { selectAtRandom } from '../select-at-random.ts'
import type { ThreadTask } from './thread-task.ts'
import { blocksOfThread, partOf, rowGroups, rowsOfThread, type RowGroup } from './training-plan.ts'

/** The numbers of one thread's rows, leaf by leaf, in each group. Begins and ends are addresses. */
export class RowLists {
  readonly #task: ThreadTask
  readonly #thread: number
  readonly #ranges: Readonly<Record<RowGroup, Uint32Array>>

  constructor(task: ThreadTask, thread: number) {
    this.#task = task
    this.#thread = thread
    const groups = rowGroups.map((group) => [group, leafRanges(task, thread, group)])
    this.#ranges = Object.fromEntries(groups) as Record<RowGroup, Uint32Array>
  }

  rangeOf(group: RowGroup, leaf: number): [number, number] {
    const ranges = this.#ranges[group]
    return [ranges[2 * leaf]!, ranges[2 * leaf + 1]!]
  }

  /** Rows of a leaf from the middle on become those of a new leaf. */
  part(group: RowGroup, { leaf, newLeaf, middle }: { leaf: number; newLeaf: number; middle: number }): void {
    const ranges = this.#ranges[group]
    ranges[2 * newLeaf] = middle
    ranges[2 * newLeaf + 1] = ranges[2 * leaf + 1]!
    ranges[2 * leaf + 1] = middle
  }

  /** The rows that a tree starts with: those it is grown on, the others, those of validation. */
  placeRoot({ round, rowShare }: { round: number; rowShare: number }): void {
    const rows = this.#ownNumbers('grown')
    const grown =
      rowShare < 1 ? this.#sample(rows, { round, rowShare }) : fillFrom(rows, this.#firstRow('grown'))
    const validation = this.#ownNumbers('validation')
    fillFrom(validation, this.#firstRow('validation'))
    this.#ranges.grown.set([rows.byteOffset, rows.byteOffset + 4 * grown])
    this.#ranges['left out'].set([rows.byteOffset + 4 * grown, rows.byteOffset + rows.byteLength])
    this.#ranges.validation.set([validation.byteOffset, validation.byteOffset + validation.byteLength])
  }

  /** Row numbers of a leaf, of all threads. */
  grownRowsOf(leaf: number): Uint32Array[] {
    const { plan, memory } = this.#task
    return Array.from({ length: plan.threads }, (_, thread) => {
      const ranges = leafRanges(this.#task, thread, 'grown')
      const [begin, end] = [ranges[2 * leaf]!, ranges[2 * leaf + 1]!]
      return new Uint32Array(memory.buffer, begin, (end - begin) / 4)
    })
  }

  /** Draws the same share of every block, so that it does not matter who draws; the rest is put at the end. */
  #sample(rows: Uint32Array, { round, rowShare }: { round: number; rowShare: number }): number {
    const { plan, seed, memory } = this.#task
    const scratch = plan.at.scratch.train + 4 * this.#firstRow('grown')
    const rest = new Uint32Array(memory.buffer, scratch, rows.length)
    let grown = 0
    let left = 0
    for (const [begin, end] of blocksOfThread(plan, { part: 'train', thread: this.#thread })) {
      const count = Math.max(1, Math.round(rowShare * (end - begin)))
      const random = createRandom(seed, `rows ${begin} of tree ${round}`)
      const sample = selectAtRandom({ count, from: end - begin, random })
      let next = 0
      for (let row = begin; row < end; row++) {
        if (row - begin === sample[next]) {
          rows[grown++] = row
          next++
        } else rest[left++] = row
      }
    }
    rows.set(rest.subarray(0, left), grown)
    return grown
  }

  #firstRow(group: RowGroup): number {
    const { plan } = this.#task
    return rowsOfThread(plan.rows[partOf(group)], { thread: this.#thread, threads: plan.threads })[0]
  }

  #ownNumbers(group: RowGroup): Uint32Array {
    const { plan, memory } = this.#task
    const part = partOf(group)
    const [begin, end] = rowsOfThread(plan.rows[part], { thread: this.#thread, threads: plan.threads })
    return new Uint32Array(memory.buffer, plan.at.rowNumbers[part] + 4 * begin, end - begin)
  }
}

function fillFrom(rows: Uint32Array, first: number): number {
  for (let row = 0; row < rows.length; row++) rows[row] = first + row
  return rows.length
}

function leafRanges({ plan, memory }: ThreadTask, thread: number, group: RowGroup): Uint32Array {
  const index = thread * rowGroups.length + rowGroups.indexOf(group)
  return new Uint32Array(memory.buffer, plan.at.leafRows + 8 * plan.leaves * index, 2 * plan.leaves)
}

import { createRandom, type Random } from '../../tables/random.ts'
import { missingBin } from '../histogram-trees/feature-bins.ts'
import type { ForestTask, GrownForestTree } from './forest-task.ts'
import { NodeHistogram } from './node-histogram.ts'
import { bestCut, randomCut, type NodeCuts, type NodeSplit } from './node-split.ts'

interface OpenNode {
  rows: Uint32Array
  depth: number
  /** Null for the root. */
  hangsOn: { node: number; side: 'left' | 'right' } | null
}

/** Below this share of the scores compared, a gain is rounding noise. */
const noise = 1e-10

/** Grows one tree, node by node and left before right, from its number and the seed alone. */
export class ForestTreeGrower {
  readonly #task: ForestTask
  readonly #random: Random
  readonly #histogram: NodeHistogram
  readonly #scratch: Uint32Array
  readonly #weights: Float32Array
  readonly #places: Uint32Array
  readonly #tree: GrownForestTree = {
    places: [],
    bins: [],
    missingLeft: [],
    left: [],
    right: [],
    gains: [],
    nodeRows: [],
    leafRows: [],
    leafAnswers: [],
  }

  constructor(task: ForestTask, tree: number) {
    const { memory, rows, outputs, at, layout } = task
    const targets = new Float32Array(memory.buffer, at.targets, rows)
    this.#task = task
    this.#random = createRandom(task.seed, `tree ${tree}`)
    this.#weights = Float32Array.from(new Float32Array(memory.buffer, at.weights, rows))
    if (task.parameters.bootstrap) drawWithReplacement(this.#weights, this.#random)
    this.#histogram = new NodeHistogram({ outputs, targets, weights: this.#weights })
    this.#scratch = new Uint32Array(rows)
    this.#places = Uint32Array.from(layout.features.keys())
  }

  /** Rows of weight 0 are out of the bag. */
  get weights(): Float32Array {
    return this.#weights
  }

  grow(): GrownForestTree {
    const inBag = Uint32Array.from(this.#weights.keys()).filter((row) => this.#weights[row]! > 0)
    const open: OpenNode[] = [{ rows: inBag, depth: 0, hangsOn: null }]
    for (let node = open.pop(); node; node = open.pop()) {
      const split = this.#splitOf(node)
      if (!split) this.#addLeaf(node)
      else open.push(...this.#addNode(node, split).toReversed())
    }
    return this.#tree
  }

  #splitOf({ rows, depth }: OpenNode): (NodeSplit & { gain: number }) | null {
    const { parameters } = this.#task
    if (depth >= (parameters.depth ?? Infinity) || rows.length < 2 * parameters.minimumRowsInLeaf) return null
    const totals = this.#histogram.totalsOf(rows)
    const score = this.#histogram.scoreOf(totals)
    const best = this.#bestOfSomeFeatures(rows, totals)
    if (!best) return null
    const gain = best.score - score
    return gain > noise * Math.abs(best.score) ? { ...best, gain } : null
  }

  /** Features are drawn until there are enough, and on as long as none of them can be split. */
  #bestOfSomeFeatures(rows: Uint32Array, totals: Float64Array): NodeSplit | null {
    const { layout, cuts, parameters } = this.#task
    const places = this.#places
    const wanted = featuresPerSplit(places.length, parameters.columnShare)
    let best: NodeSplit | null = null
    for (let drawn = 0; drawn < places.length && (drawn < wanted || best === null); drawn++) {
      const other = drawn + this.#random.below(places.length - drawn)
      const place = places[other]!
      places[other] = places[drawn]!
      places[drawn] = place
      const valueBins = layout.valueBins[place]!
      this.#histogram.count(rows, this.#column(place), 1 + valueBins)
      const { minimumRowsInLeaf } = parameters
      const node: NodeCuts = {
        place,
        valueBins,
        cuts: cuts[place]!,
        rows: rows.length,
        totals,
        minimumRowsInLeaf,
      }
      best =
        parameters.splits === 'best'
          ? bestCut(this.#histogram, { ...node, best })
          : randomCut(this.#histogram, { ...node, best, random: this.#random })
    }
    return best
  }

  #addNode({ rows, depth, hangsOn }: OpenNode, split: NodeSplit & { gain: number }): [OpenNode, OpenNode] {
    const tree = this.#tree
    const node = tree.places.length
    this.#hang(hangsOn, node)
    tree.places.push(split.place)
    tree.bins.push(split.bin)
    tree.missingLeft.push(split.missingLeft)
    tree.gains.push(split.gain)
    tree.nodeRows.push(rows.length)
    tree.left.push(0)
    tree.right.push(0)
    const count = this.#partition(rows, split)
    return [
      { rows: rows.subarray(0, count), depth: depth + 1, hangsOn: { node, side: 'left' } },
      { rows: rows.subarray(count), depth: depth + 1, hangsOn: { node, side: 'right' } },
    ]
  }

  #addLeaf({ rows, hangsOn }: OpenNode): void {
    this.#hang(hangsOn, ~this.#tree.leafRows.length)
    this.#tree.leafRows.push(rows.length)
    this.#tree.leafAnswers.push(...this.#histogram.answerOf(this.#histogram.totalsOf(rows)))
  }

  #hang(hangsOn: OpenNode['hangsOn'], child: number): void {
    if (hangsOn) this.#tree[hangsOn.side][hangsOn.node] = child
  }

  #partition(rows: Uint32Array, { place, bin: last, missingLeft }: NodeSplit): number {
    const column = this.#column(place)
    const scratch = this.#scratch
    const firstLeft = missingLeft ? missingBin : missingBin + 1
    let left = 0
    let right = 0
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!
      const bin = column[row]!
      if (bin <= last && bin >= firstLeft) rows[left++] = row
      else scratch[right++] = row
    }
    rows.set(scratch.subarray(0, right), left)
    return left
  }

  #column(place: number): Uint8Array {
    const { memory, at, rows } = this.#task
    return new Uint8Array(memory.buffer, at.columns + place * rows, rows)
  }
}

function featuresPerSplit(features: number, share: number | undefined): number {
  return share === undefined
    ? Math.max(1, Math.floor(Math.sqrt(features)))
    : Math.max(1, Math.round(share * features))
}

/** Multiplies each weight by how often its row is drawn. */
function drawWithReplacement(weights: Float32Array, random: Random): void {
  const times = new Uint32Array(weights.length)
  for (let draw = 0; draw < weights.length; draw++) {
    const row = random.below(weights.length)
    times[row] = times[row]! + 1
  }
  for (const [row, count] of times.entries()) weights[row] = weights[row]! * count
}

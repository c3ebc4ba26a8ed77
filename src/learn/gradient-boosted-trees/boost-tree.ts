import { assembleTree, sumsOfBranches } from '../histogram-trees/assemble-tree.ts'
import type { FeatureBins } from '../histogram-trees/feature-bins.ts'
import { growTree, type GrownTree } from '../histogram-trees/grow-tree.ts'
import type { Packing } from '../histogram-trees/growth.ts'
import { bestLeafValue, clampTo, leafScore, type LeafSums } from '../histogram-trees/leaf-sums.ts'
import { hasConstantHessian, quantileOfLeaves } from '../histogram-trees/loss-kind.ts'
import { learnError } from '../errors.ts'
import { blockRows, numbersPerBlock } from '../histogram-trees/training-plan.ts'
import type { BoostingSession } from './boosting-session.ts'
import type { BoostedTree } from './trees-model.ts'

/** Packed gradients are signed, packed hessians are not. */
const mostGradientUnits = 2 ** 15 - 1
const mostHessianUnits = 2 ** 16 - 1

export interface BoostingRules {
  bins: readonly FeatureBins[]
  depth: number
  learningRate: number
  rowShare: number
  turn: () => Promise<void> | undefined
}

/** What the derivatives of the train rows measure. */
interface Measured {
  largest: LeafSums
  sums: LeafSums
}

/**
 * Grows the tree of an output in a round from the derivatives that the threads hold, and adds it to the scores; null
 * when nothing can be split.
 */
export async function boostTree(
  session: BoostingSession,
  rules: BoostingRules,
  { round, output }: { round: number; output: number },
): Promise<BoostedTree | null> {
  const { task, team } = session
  const { bins, depth, turn } = rules
  const measured = measure(session)
  const packing = packingOf(session, { measured, round, rowShare: rules.rowShare })
  const grown = await growTree({ task, team, bins, depth, turn }, packing)
  if (!grown) return null
  const sums = exactSums(session, { grown, measured })
  const leafValues = setLeafValues(session, { grown, sums, learningRate: rules.learningRate })
  team.run('addScores', grown.leaves.length, output)
  const { features } = task.plan.layout
  const tree = assembleTree({ grown, features, bins, leafValues, gains: gainsOf(session, grown, sums) })
  return { ...tree, output }
}

/** The loss of a part as its blocks last found it, summed in their order. */
export function lossSum({ task }: BoostingSession, part: 'train' | 'validation'): number {
  const blocks = blockNumbers({ task }, part)
  let sum = 0
  for (let at = 0; at < blocks.length; at += numbersPerBlock) sum += blocks[at]!
  return sum
}

function blockNumbers({ task }: Pick<BoostingSession, 'task'>, part: 'train' | 'validation'): Float64Array {
  const { plan, memory } = task
  const count = numbersPerBlock * Math.ceil(plan.rows[part] / blockRows)
  return new Float64Array(memory.buffer, plan.at.blockNumbers[part], count)
}

function measure(session: BoostingSession): Measured {
  const blocks = blockNumbers(session, 'train')
  const measured = { largest: { gradient: 0, hessian: 0 }, sums: { gradient: 0, hessian: 0 } }
  for (let at = 0; at < blocks.length; at += numbersPerBlock) {
    measured.largest.gradient = Math.max(measured.largest.gradient, blocks[at + 1]!)
    measured.largest.hessian = Math.max(measured.largest.hessian, blocks[at + 2]!)
    measured.sums.gradient += blocks[at + 3]!
    measured.sums.hessian += blocks[at + 4]!
  }
  const { largest, sums } = measured
  if (!Number.isFinite(largest.gradient + largest.hessian + sums.gradient + sums.hessian))
    throw learnError('loss-too-large')
  return measured
}

/** Units as small as they can be: a row's numbers fit in 16 bits and the sums of all rows in 32, with their signs. */
function packingOf(
  { task }: BoostingSession,
  { measured, round, rowShare }: { measured: Measured; round: number; rowShare: number },
): Packing {
  const { largest, sums } = measured
  const rows = task.plan.rows.train
  const unitsFor = (key: keyof LeafSums, most: number, mostInAll: number): number =>
    Math.fround(Math.min(most / largest[key], (mostInAll - rows) / sums[key], Number.MAX_SAFE_INTEGER))
  const gradient = unitsFor('gradient', mostGradientUnits, 2 ** 31)
  if (task.isUnweighted && hasConstantHessian(task.loss)) {
    return { round, rowShare, scales: { gradient, hessian: 1 }, mostHessianUnits: 0 }
  }
  const hessian = unitsFor('hessian', mostHessianUnits, 2 ** 32)
  return {
    round,
    rowShare,
    scales: { gradient, hessian },
    mostHessianUnits: Math.max(1, Math.round(largest.hessian * hessian)),
  }
}

/**
 * Sums of the leaves without the rounding of packed gradients, but on a grid still, of at most 2^51 units for all rows
 * together: its sums are exact, so that they do not depend on which thread adds what.
 */
function exactSums(
  { task, team }: BoostingSession,
  { grown, measured }: { grown: GrownTree; measured: Measured },
): LeafSums[] {
  const { plan, memory } = task
  const rounderFor = (largest: number): number =>
    1.5 * 2 ** (52 - 51 + Math.ceil(Math.log2(Math.max(largest, 2 ** -100) * plan.rows.train)))
  const { gradient, hessian } = measured.largest
  team.run('sumLeaves', grown.leaves.length, rounderFor(gradient), rounderFor(hessian))
  const numbers = new Float64Array(memory.buffer, plan.at.leafSums, 2 * plan.leaves * plan.threads)
  return grown.leaves.map(({ id }) => {
    const sums = { gradient: 0, hessian: 0 }
    for (let thread = 0; thread < plan.threads; thread++) {
      const at = 2 * (plan.leaves * thread + id)
      sums.gradient += numbers[at]!
      sums.hessian += numbers[at + 1]!
    }
    return sums
  })
}

function setLeafValues(
  { task, team }: BoostingSession,
  { grown, sums, learningRate }: { grown: GrownTree; sums: readonly LeafSums[]; learningRate: number },
): Float32Array {
  const { plan, memory, rules, loss } = task
  const { leaves } = grown
  const values = new Float32Array(memory.buffer, plan.at.leafValues, leaves.length)
  const level = quantileOfLeaves(loss)
  if (level !== null) team.run('findLeafQuantiles', leaves.length, level)
  for (const { id, bounds } of leaves) {
    const value = level === null ? bestLeafValue(sums[id]!, rules) : values[id]!
    values[id] = learningRate * clampTo(value, bounds)
  }
  return values.slice()
}

/** Exact where values are free; where they are bound, what the search found. */
function gainsOf({ task }: BoostingSession, grown: GrownTree, leafSums: readonly LeafSums[]): Float64Array {
  const isBound = task.placeRules.some(({ direction }) => direction !== 0)
  const branchSums = sumsOfBranches(grown, leafSums)
  const scoreOf = (child: number): number =>
    leafScore(child < 0 ? leafSums[~child]! : branchSums[child]!, task.rules)
  return Float64Array.from(grown.branches, ({ candidate, left, right }, node) =>
    isBound ? candidate.gain : Math.max(0, scoreOf(left) + scoreOf(right) - scoreOf(node)),
  )
}

import { inUnits } from './split-search.ts'
import { GrowingLeaves, type Branch, type GrowingLeaf } from './growing-leaves.ts'
import type { Growth, Packing } from './growth.ts'
import { bestLeafValue, clampTo, type LeafSums, type ValueBounds } from './leaf-sums.ts'
import { LeafSearch } from './leaf-search.ts'
import { fillGoesLeft, noCandidate } from './split-candidate.ts'

export interface GrownTree {
  branches: readonly Branch[]
  leaves: readonly GrowingLeaf[]
}

/**
 * Grows a tree leaf by leaf, always splitting where the gain is largest (Shi 2007, “Best-first decision tree
 * learning”). Null when not even the root can be split. Afterwards the rows of each leaf lie together.
 */
export async function growTree(growth: Growth, packing: Packing): Promise<GrownTree | null> {
  const { task, team } = growth
  const leaves = new GrowingLeaves(task)
  const search = new LeafSearch(growth, packing, leaves)
  const branches: Branch[] = []
  search.startRoot()
  while (leaves.all.length < task.plan.leaves) {
    const parent = leaves.best()
    if (!parent) break
    const { candidate } = parent
    const newLeaf = leaves.all.length
    if (parent.hangsOn) parent.hangsOn.branch[parent.hangsOn.side] = branches.length
    const branch = { candidate, sums: parent.sums, rows: parent.rows, left: ~parent.id, right: ~newLeaf }
    branches.push(branch)
    fillGoesLeft(leaves.goesLeft, candidate)
    const [left, right] = childrenOf(parent, { branch, newLeaf, growth, packing })
    const mayGrow = newLeaf + 1 < task.plan.leaves && left.depth < growth.depth
    const smaller = left.sums.hessian <= right.sums.hessian ? left : right
    const slot = mayGrow ? leaves.takeSlot() : -1
    team.run('splitLeaf', parent.id, newLeaf, candidate.place, mayGrow ? smaller.id : -1, slot)
    leaves.replace(parent, left, right)
    if (mayGrow) search.searchChildren({ parent, smaller, larger: smaller === left ? right : left, slot })
    else leaves.giveBackSlot(parent)
    await growth.turn()
  }
  return branches.length === 0 ? null : { branches, leaves: leaves.all }
}

function childrenOf(
  parent: GrowingLeaf,
  { branch, newLeaf, growth, packing }: { branch: Branch; newLeaf: number; growth: Growth; packing: Packing },
): [GrowingLeaf, GrowingLeaf] {
  const { left } = parent.candidate
  const right = {
    gradient: parent.sums.gradient - left.gradient,
    hessian: parent.sums.hessian - left.hessian,
  }
  const [boundsLeft, boundsRight] = childBounds(parent, [left, right], { growth, packing })
  const child = (side: 'left' | 'right', sums: LeafSums, bounds: ValueBounds): GrowingLeaf => ({
    id: side === 'left' ? parent.id : newLeaf,
    depth: parent.depth + 1,
    sums,
    rows: 0,
    bounds,
    candidate: noCandidate(),
    slot: -1,
    hangsOn: { branch, side },
  })
  return [child('left', left, boundsLeft), child('right', right, boundsRight)]
}

/** A constrained split keeps all values below it on their side of the middle. */
function childBounds(
  { bounds, candidate }: GrowingLeaf,
  sums: readonly [LeafSums, LeafSums],
  { growth, packing }: { growth: Growth; packing: Packing },
): [ValueBounds, ValueBounds] {
  const { placeRules, rules } = growth.task
  const { direction } = placeRules[candidate.place]!
  if (direction === 0) return [bounds, bounds]
  const [left, right] = sums.map((side) => {
    const inOnes = inUnits(side, {
      gradient: 1 / packing.scales.gradient,
      hessian: 1 / packing.scales.hessian,
    })
    return clampTo(bestLeafValue(inOnes, rules), bounds)
  }) as [number, number]
  const middle = (left + right) / 2
  const below = { ...bounds, highest: middle }
  const above = { ...bounds, lowest: middle }
  return direction > 0 ? [below, above] : [above, below]
}

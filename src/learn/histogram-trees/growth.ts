import type { FeatureBins } from './feature-bins.ts'
import type { LeafSums } from './leaf-sums.ts'
import type { ThreadTask } from './thread-task.ts'
import type { ThreadTeam } from './thread-team.ts'

/** How one tree is grown. */
export interface Growth {
  task: ThreadTask
  team: ThreadTeam
  bins: readonly FeatureBins[]
  depth: number
  turn: () => Promise<void> | undefined
}

/** How derivatives are packed for one tree. */
export interface Packing {
  round: number
  rowShare: number
  /** Units in one. */
  scales: LeafSums
  /** The most units that one row has as its hessian; 0 where a unit is a row. */
  mostHessianUnits: number
}

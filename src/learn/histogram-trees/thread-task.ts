import type { WasmMemory, WasmModule } from '../../core/webassembly/engine.ts'
import type { PlaceRules, SplitRules } from './split-search.ts'
import type { LossKind } from './loss-kind.ts'
import type { TrainingPlan } from './training-plan.ts'

/** What every thread is given once. */
export interface ThreadTask {
  plan: TrainingPlan
  module: WasmModule
  memory: WasmMemory
  loss: LossKind
  /** Of each output: what its scores are added to. Where the target is an amount, targets are less this already. */
  bases: readonly number[]
  /** All weights are 1. */
  isUnweighted: boolean
  rules: SplitRules
  placeRules: readonly PlaceRules[]
  seed: number
}

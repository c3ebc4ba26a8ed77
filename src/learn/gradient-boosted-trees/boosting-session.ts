import type { FeatureBins } from '../histogram-trees/feature-bins.ts'
import { binRows } from '../histogram-trees/bin-rows.ts'
import type { BinLayout } from '../histogram-trees/bin-layout.ts'
import type { PlaceRules } from '../histogram-trees/split-search.ts'
import { encodeTreeKernels, instantiateTreeKernels } from '../histogram-trees/kernels/tree-kernels.ts'
import type { ThreadTask } from '../histogram-trees/thread-task.ts'
import { startTeam, type ThreadTeam } from '../histogram-trees/thread-team.ts'
import { planTraining, type TrainingPlan } from '../histogram-trees/training-plan.ts'
import { learningParts, type FitRun, type LearningPart, type LearningTable } from '../learner.ts'
import { compile, sharedMemory, type WasmMemory } from '../../core/webassembly/engine.ts'
import type { BoostingParameters } from './boosting-parameters.ts'
import type { BoostingTarget } from './boosting-target.ts'

/** A child's hessian is at least this share of a mean weight (as in scikit-learn, where weights are 1). */
const leastHessian = 1e-3

/** So many bins are worth a thread. */
const binsPerThread = 2 ** 18

/** Rows in bins in shared memory, and the threads that work on them. */
export interface BoostingSession {
  task: ThreadTask
  team: ThreadTeam
}

/** Puts the rows of a table into bins and starts the threads; closing the team ends them. */
export async function openSession(options: {
  table: LearningTable
  target: BoostingTarget
  bins: readonly FeatureBins[]
  layout: BinLayout
  parameters: BoostingParameters
  run: FitRun
  turn: () => Promise<void> | undefined
}): Promise<BoostingSession> {
  const { table, target, bins, layout, parameters, run, turn } = options
  const worth = Math.ceil((table.rows.train * layout.features.length) / binsPerThread)
  const plan = planTraining({
    threads: Math.max(1, Math.min(run.threads, worth)),
    rows: table.rows,
    features: table.features.length,
    outputs: target.bases.length,
    leaves: parameters.leaves,
    layout,
  })
  const memory = sharedMemory(plan.pages)
  const module = compile(encodeTreeKernels(layout))
  for (const part of learningParts) fillTargets({ table, target, part, plan, memory })
  const task: ThreadTask = {
    plan,
    module,
    memory,
    loss: target.loss,
    bases: target.bases,
    isUnweighted: !table.weights,
    rules: {
      ...parameters,
      minimumHessianInLeaf:
        parameters.minimumHessianInLeaf ?? (leastHessian * target.totalWeight('train')) / table.rows.train,
    },
    placeRules: placeRulesOf({ table, bins, layout, parameters }),
    seed: run.seed,
  }
  const starting = startTeam(task)
  // A failure is told where it is awaited, after the rows are in bins.
  starting.catch(() => {})
  try {
    const kernels = instantiateTreeKernels({ module, memory, layout })
    for (const part of learningParts) {
      if (table.rows[part] > 0) await binRows({ table, part, bins, plan, memory, kernels, turn })
    }
  } catch (error) {
    await (await starting).close()
    throw error
  }
  return { task, team: await starting }
}

function fillTargets(options: {
  table: LearningTable
  target: BoostingTarget
  part: LearningPart
  plan: TrainingPlan
  memory: WasmMemory
}): void {
  const { table, target, part, plan, memory } = options
  const rows = table.rows[part]
  target.fill(part, new Float32Array(memory.buffer, plan.at.targets[part], rows))
  const weights = new Float32Array(memory.buffer, plan.at.weights[part], rows)
  if (table.weights) weights.set(table.weights[part])
  else weights.fill(1)
}

function placeRulesOf(options: {
  table: LearningTable
  bins: readonly FeatureBins[]
  layout: BinLayout
  parameters: BoostingParameters
}): PlaceRules[] {
  const { table, bins, layout, parameters } = options
  const { increasing = [], decreasing = [] } = parameters
  return Array.from(layout.features, (feature) => {
    const name = table.features[feature]!
    return {
      isCategory: bins[feature]!.kind === 'category',
      direction: increasing.includes(name) ? 1 : decreasing.includes(name) ? -1 : 0,
    }
  })
}

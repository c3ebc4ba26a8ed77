import { checkLearningTable } from '../check-learning-table.ts'
import { eventTurns } from '../event-turns.ts'
import { importancesOf } from '../gradient-boosted-trees/importances.ts'
import { binRows } from '../histogram-trees/bin-rows.ts'
import { layOutBins } from '../histogram-trees/bin-layout.ts'
import { chooseBins } from '../histogram-trees/choose-bins.ts'
import type { FeatureBins } from '../histogram-trees/feature-bins.ts'
import { encodeTreeKernels, instantiateTreeKernels } from '../histogram-trees/kernels/tree-kernels.ts'
import { rememberChunks } from '../histogram-trees/remember-chunks.ts'
import { planTraining } from '../histogram-trees/training-plan.ts'
import type { Fitted, FitRun, LearningTable } from '../learner.ts'
import { sumInBlocks } from '../sum-in-blocks.ts'
import { compile, sharedMemory } from '../../core/webassembly/engine.ts'
import { assembleForest } from './assemble-forest.ts'
import type { ForestModel } from './forest-model.ts'
import type { ForestParameters } from './forest-parameters.ts'
import type { ForestTask } from './forest-task.ts'
import { growForest } from './grow-forest.ts'
import { openOutOfBag, outOfBagMetrics } from './out-of-bag.ts'

/** So many values are worth a thread. */
const valuesPerThread = 2 ** 16

/** Grows trees that know nothing of each other; equal tables, parameters and seeds give equal forests. */
export async function fitForest(
  given: LearningTable,
  parameters: ForestParameters,
  run: FitRun,
): Promise<Fitted<ForestModel>> {
  checkLearningTable(given)
  const table = rememberChunks(given)
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'putting values into bins' })
  const bins = await chooseBins({
    table,
    bins: parameters.bins,
    categorical: new Set(),
    seed: run.seed,
    turn,
  })
  const { task, base } = await openTask({ table, parameters, bins, seed: run.seed, turn })
  const values = table.rows.train * task.layout.features.length
  const threads = Math.max(1, Math.min(run.threads, parameters.trees, Math.ceil(values / valuesPerThread)))
  const grown = await growForest({ task, threads, run, turn })
  const model = assembleForest({ grown, task, bins, features: table.features.length, base })
  return {
    model,
    importances: importancesOf(model.trees, { features: table.features.length, by: 'gain' }),
    trainingCurve: { metric: 'loss', train: [], validation: [] },
    metrics: outOfBagMetrics(task),
    warnings: [],
  }
}

async function openTask(options: {
  table: LearningTable
  parameters: ForestParameters
  bins: readonly FeatureBins[]
  seed: number
  turn: () => Promise<void> | undefined
}): Promise<{ task: ForestTask; base: number }> {
  const { table, parameters, bins, seed, turn } = options
  const { target, weights } = table
  const rows = table.rows.train
  const layout = layOutBins(bins)
  const outputs = target.task === 'regression' ? 1 : target.classes.length
  const plan = planTraining({
    threads: 1,
    rows: { train: rows, validation: 0 },
    features: table.features.length,
    outputs: 1,
    leaves: 1,
    // Trees of a forest read columns: they have no use for records.
    layout: { ...layout, blocks: [] },
  })
  const memory = sharedMemory(plan.pages)
  const kernels = instantiateTreeKernels({
    module: compile(encodeTreeKernels(plan.layout)),
    memory,
    layout: plan.layout,
  })
  await binRows({ table, part: 'train', bins, plan, memory, kernels, turn })
  const weightOf = (row: number): number => weights?.train[row] ?? 1
  new Float32Array(memory.buffer, plan.at.weights.train, rows).set(
    Float32Array.from({ length: rows }, (_, row) => weightOf(row)),
  )
  const targets = new Float32Array(memory.buffer, plan.at.targets.train, rows)
  let base = 0
  if (target.task === 'regression') {
    const { train } = target.values
    const total = sumInBlocks(rows, weightOf)
    base = sumInBlocks(rows, (row) => weightOf(row) * train[row]!) / total
    for (const [row, value] of train.entries()) targets[row] = value - base
  } else targets.set(target.codes.train)
  const at = {
    columns: plan.at.columns.train,
    targets: plan.at.targets.train,
    weights: plan.at.weights.train,
  }
  const cuts = Array.from(layout.features, (feature) => {
    const split = bins[feature]!
    return split.kind === 'number' ? split.cuts : new Float32Array()
  })
  const task = { memory, layout, cuts, rows, outputs, parameters, seed, at, outOfBag: null }
  return { task: { ...task, outOfBag: openOutOfBag(task) }, base }
}

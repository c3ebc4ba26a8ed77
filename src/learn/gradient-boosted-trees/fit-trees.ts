import { checkLearningTable } from '../check-learning-table.ts'
import { learnError } from '../errors.ts'
import { eventTurns } from '../event-turns.ts'
import type { Fitted, FitRun, LearningPart, LearningTable, TrainingCurve } from '../learner.ts'
import { addTreeScores } from './add-tree-scores.ts'
import { binMatrix, type BinnedMatrix } from './binned-matrix.ts'
import { findCutPoints } from './cut-points.ts'
import { earlyStopping } from './early-stopping.ts'
import { logisticLoss } from './logistic-loss.ts'
import type { Loss } from './loss.ts'
import type { BoostingParameters } from './boosting-parameters.ts'
import { squaredErrorLoss } from './squared-error-loss.ts'
import { createTreeGrower, type TreeGrower } from './tree-grower.ts'
import type { Tree } from './tree.ts'
import type { TreesModel } from './trees-model.ts'

/**
 * Boosts trees on the train rows (Friedman 2001; histograms and growth as in LightGBM, Ke et al. 2017). Equal tables,
 * parameters and seeds give equal models, bit for bit.
 */
export async function fitTrees(
  table: LearningTable,
  parameters: BoostingParameters,
  run: FitRun,
): Promise<Fitted<TreesModel>> {
  checkLearningTable(table)
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'putting values into bins' })
  const cuts = await findCutPoints({ table, bins: parameters.bins, seed: run.seed, turn })
  const binPart = async (part: LearningPart): Promise<PartInBins> => ({
    matrix: await binMatrix({ table, part, cuts, turn }),
    loss: lossOf(table, part),
    scores: new Float32Array(table.rows[part]),
  })
  const train = await binPart('train')
  const validation = table.rows.validation > 0 ? await binPart('validation') : null
  const meanWeight = train.loss.totalWeight / table.rows.train
  const grower = createTreeGrower({ ...train, cuts, meanWeight, parameters, seed: run.seed, turn })
  const { base, trees, trainingCurve } = await boost({ train, validation, grower, parameters, run })
  return {
    model: {
      task: table.target.task === 'regression' ? 'regression' : 'binary',
      features: table.features.length,
      base,
      trees,
    },
    importances: shareOfGains(trees, table.features.length),
    trainingCurve,
    warnings: [],
  }
}

interface PartInBins {
  matrix: BinnedMatrix
  loss: Loss
  scores: Float32Array
}

function lossOf({ target, weights }: LearningTable, part: LearningPart): Loss {
  const weightsOfPart = weights?.[part] ?? null
  switch (target.task) {
    case 'regression':
      return squaredErrorLoss({ values: target.values[part], weights: weightsOfPart })
    case 'binary':
      return logisticLoss({ codes: target.codes[part], weights: weightsOfPart })
    case 'multiclass':
      throw learnError('not-binary', {
        column: target.column,
        count: target.classes.length,
        classes: target.classes,
      })
  }
}

async function boost(options: {
  train: PartInBins
  validation: PartInBins | null
  grower: TreeGrower
  parameters: BoostingParameters
  run: FitRun
}): Promise<{ base: number; trees: Tree[]; trainingCurve: TrainingCurve }> {
  const { train, validation, grower, run } = options
  const { trees: rounds, earlyStoppingRounds: patience } = options.parameters
  const base = train.loss.bestConstant()
  const derivatives = new Float64Array(2 * train.matrix.rows)
  const curve: TrainingCurve = { metric: train.loss.metric, train: [], validation: [] }
  const stopping = validation && patience > 0 ? earlyStopping(patience) : null
  const trees: Tree[] = []
  for (let round = 0; round < rounds; round++) {
    const loss = train.loss.differentiate(base, train.scores, derivatives)
    if (trees.length > curve.train.length) curve.train.push(loss)
    const note = `growing tree ${round + 1} of ${rounds}, loss ${loss.toPrecision(4)}`
    run.progress({ share: round / rounds, note })
    const tree = await grower.grow(round, derivatives)
    if (!tree && grower.samples) continue
    if (!tree) break
    trees.push(tree)
    if (!validation) continue
    addTreeScores({ ...validation, tree })
    const validationLoss = validation.loss.mean(base, validation.scores)
    curve.validation.push(validationLoss)
    if (stopping?.stopsAfter(validationLoss)) break
  }
  if (trees.length > curve.train.length) curve.train.push(train.loss.mean(base, train.scores))
  return { base, trees: stopping ? trees.slice(0, stopping.bestRounds) : trees, trainingCurve: curve }
}

function shareOfGains(trees: readonly Tree[], features: number): number[] {
  const gains = Array.from<number>({ length: features }).fill(0)
  for (const tree of trees) {
    for (const [node, feature] of tree.features.entries()) gains[feature]! += tree.gains[node]!
  }
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  return total > 0 ? gains.map((gain) => gain / total) : gains
}

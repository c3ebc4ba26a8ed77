import { checkLearningTable } from '../check-learning-table.ts'
import { learnError } from '../errors.ts'
import { eventTurns } from '../event-turns.ts'
import type { Fitted, FitRun, LearningPart, LearningTable, TrainingCurve } from '../learner.ts'
import { minimize, type Minimum } from '../optimize/lbfgs.ts'
import { sumInBlocks } from '../sum-in-blocks.ts'
import type { DesignBlock, DesignLayout } from '../linear-design/design-matrix.ts'
import type { FeatureMoments } from '../linear-design/feature-moments.ts'
import { readDesign } from '../linear-design/read-design.ts'
import { linearSums } from '../linear-design/linear-sums.ts'
import { parameterCount, type LinearShape } from '../linear-design/linear-shape.ts'
import type { LabelledBlock } from './linear-loss.ts'
import type { LogisticModel } from './logistic-model.ts'
import { logisticObjective, meanLogLoss, sumOfSquares, type LabelledRows } from './logistic-objective.ts'
import type { LogisticParameters } from './logistic-parameters.ts'
import { scalingOf, type Scaling } from '../linear-design/scaling.ts'
import { waldErrors } from '../linear-design/wald-errors.ts'

/**
 * Fits logistic regression, for several classes as one softmax, by L-BFGS. With the L2 penalty it minimizes the same
 * function as scikit-learn's `LogisticRegression`.
 */
export async function fitLogistic(
  table: LearningTable,
  parameters: LogisticParameters,
  run: FitRun,
): Promise<Fitted<LogisticModel>> {
  checkLearningTable(table)
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'reading the rows' })
  const { layout, blocks, moments } = await readDesign(table, turn)
  const train = labelledRows(table, { part: 'train', blocks: blocks.train, layout })
  const validation =
    table.rows.validation > 0
      ? labelledRows(table, { part: 'validation', blocks: blocks.validation, layout })
      : null
  const penalty = parameters.penalty === 'l2' ? 1 / (parameters.inverseStrength * train.totalWeight) : 0
  const { coefficients, minimum, trainingCurve } = await descend({
    train,
    validation,
    scaling: scalingOf(moments, train.shape, penalty),
    penalty,
    parameters,
    run,
    turn,
  })
  const { shape } = train
  const intercepts = shape.features * shape.outputs
  const standardErrors =
    penalty === 0 && shape.outputs === 1 ? await errorsOf(train, { coefficients, moments, turn }) : null
  return {
    model: {
      task: shape.outputs === 1 ? 'binary' : 'multiclass',
      classes: shape.outputs === 1 ? 2 : shape.outputs,
      features: shape.features,
      coefficients: coefficients.slice(0, intercepts),
      intercepts: coefficients.slice(intercepts),
      standardErrors,
      converged: minimum.status !== 'iteration-limit',
      iterations: minimum.iterations,
    },
    importances: shareOfEffects(coefficients, moments, shape),
    means: moments.means,
    trainingCurve,
    warnings: minimum.status === 'iteration-limit' ? [notConverged(minimum.iterations)] : [],
  }
}

function errorsOf(
  { blocks, layout }: LabelledRows,
  options: { coefficients: Float64Array; moments: FeatureMoments; turn: () => Promise<void> | undefined },
): ReturnType<typeof waldErrors> {
  const { coefficients, moments, turn } = options
  const logOdds = blocks.map((block) => linearSums(block, layout, coefficients))
  return waldErrors({
    blocks,
    layout,
    moments,
    turn,
    curvature(block, row) {
      const probability = 1 / (1 + Math.exp(-logOdds[block]![row]!))
      return probability * (1 - probability) * (blocks[block]!.weights?.[row] ?? 1)
    },
  })
}

function labelledRows(
  table: LearningTable,
  { part, blocks: all, layout }: { part: LearningPart; blocks: readonly DesignBlock[]; layout: DesignLayout },
): LabelledRows {
  const { target, features, rows } = table
  if (target.task === 'regression') throw new TypeError('logistic regression needs a target of classes')
  const codes = target.codes[part]
  const weights = table.weights?.[part] ?? null
  const blocks: LabelledBlock[] = []
  let firstRow = 0
  for (const block of all) {
    const endRow = firstRow + block.rows
    blocks.push({
      ...block,
      codes: codes.subarray(firstRow, endRow),
      weights: weights && weights.subarray(firstRow, endRow),
    })
    firstRow = endRow
  }
  const outputs = target.task === 'binary' ? 1 : target.classes.length
  return {
    blocks,
    layout,
    shape: { features: features.length, outputs },
    totalWeight: weights ? sumInBlocks(rows[part], (row) => weights[row]!) : rows[part],
  }
}

async function descend(options: {
  train: LabelledRows
  validation: LabelledRows | null
  scaling: Scaling
  penalty: number
  parameters: LogisticParameters
  run: FitRun
  turn: () => Promise<void> | undefined
}): Promise<{ coefficients: Float64Array; minimum: Minimum; trainingCurve: TrainingCurve }> {
  const { train, validation, scaling, penalty, parameters, run, turn } = options
  const { maximumIterations: iterations, tolerance } = parameters
  const curve: TrainingCurve = { metric: 'log_loss', train: [], validation: [] }
  const scratch = new Float64Array(parameterCount(train.shape))
  const minimum = await minimize({
    objective: logisticObjective({
      rows: train,
      scaling,
      penalty,
      turn,
      onEvaluation: refuseSeparation(penalty),
    }),
    start: startOf(train),
    tolerance,
    iterations,
    async onIteration({ iteration, value, point }) {
      const coefficients = scaling.toCoefficients(point)
      const loss = value - (penalty / 2) * sumOfSquares(coefficients, train.shape)
      curve.train.push(loss)
      if (validation) {
        const found = await meanLogLoss({ rows: validation, coefficients, gradient: scratch, turn })
        curve.validation.push(found.loss)
      }
      const note = `iteration ${iteration} of at most ${iterations}, log loss ${loss.toPrecision(4)}`
      run.progress({ share: iteration / iterations, note })
    },
  })
  return { coefficients: scaling.toCoefficients(minimum.point), minimum, trainingCurve: curve }
}

/** Without effects; of two classes, with the log-odds that they have in all. */
function startOf({ blocks, shape, totalWeight }: LabelledRows): Float64Array {
  const start = new Float64Array(parameterCount(shape))
  if (shape.outputs > 1) return start
  let positive = 0
  for (const { codes, weights } of blocks)
    for (let row = 0; row < codes.length; row++) positive += codes[row]! * (weights ? weights[row]! : 1)
  if (positive > 0 && positive < totalWeight)
    start[shape.features] = Math.log(positive / (totalWeight - positive))
  return start
}

/** Without penalty, coefficients that put every row in its class only get better when they grow. */
function refuseSeparation(penalty: number) {
  return ({ separates }: { separates: boolean }): void => {
    if (penalty === 0 && separates) throw learnError('separable')
  }
}

function notConverged(iterations: number): string {
  return `The fit stopped after ${iterations} iterations, before it had converged. Allow more iterations, or scale the features.`
}

/** How much a feature moves the outputs: its coefficient for a step of one standard deviation. */
function shareOfEffects(coefficients: Float64Array, moments: FeatureMoments, shape: LinearShape): number[] {
  const effects = Array.from(moments.deviations, (deviation, feature) => {
    const first = feature * shape.outputs
    const ofFeature = coefficients.subarray(first, first + shape.outputs)
    return deviation * ofFeature.reduce((sum, coefficient) => sum + Math.abs(coefficient), 0)
  })
  const total = effects.reduce((sum, effect) => sum + effect, 0)
  return total > 0 ? effects.map((effect) => effect / total) : effects
}

import { checkLearningTable } from '../check-learning-table.ts'
import { learnError } from '../errors.ts'
import { eventTurns } from '../event-turns.ts'
import type { Fitted, FitRun, LearningTable } from '../learner.ts'
import { featuresNamed } from '../gradient-boosted-trees/features-named.ts'
import { measureFeatures } from '../linear-design/feature-moments.ts'
import { loadTensorFlow } from './load-tensorflow.ts'
import { loadRows, loadTargets, standardizationOf, type Standardization } from './load-rows.ts'
import type { NetworkModel } from './network-model.ts'
import type { NetworkParameters } from './network-parameters.ts'
import { shapeOf, type NetworkShape } from './network-shape.ts'
import { startWeights } from './start-weights.ts'
import { trainEpochs } from './train-epochs.ts'
import { allocateTraining, planTraining } from './training-memory.ts'
import { startTeam } from './training-team.ts'
import type { ValidationRows } from './validation-loss.ts'

/**
 * Trains a multilayer perceptron by AdamW. Features and a target of numbers are standardized by the train rows; those
 * rows are held in memory as float32. The outcome depends on the seed, not on the number of threads.
 */
export async function fitNetwork(
  table: LearningTable,
  parameters: NetworkParameters,
  run: FitRun,
): Promise<Fitted<NetworkModel>> {
  checkLearningTable(table)
  const { engine = 'onnx' } = parameters
  if (engine === 'tensorflow') await loadTensorFlow()
  const turn = eventTurns(run.signal)
  run.progress({ share: 0, note: 'reading the rows' })
  const moments = await measureFeatures(table, turn)
  const embedded = await embeddedFeatures(table, parameters, turn)
  const codes = new Map(embedded.map((each) => [each.feature, each.codes]))
  const standardization = standardizationOf(table, { moments, codes })
  const shape = shapeOf(table.features.length, headOf(table), parameters, embedded)
  const plan = planTraining({
    engine,
    shape,
    rows: table.rows.train,
    batchRows: parameters.batchRows,
    dropout: parameters.dropout,
    seed: run.seed,
    hasWeights: table.weights !== undefined,
  })
  const memory = allocateTraining(plan)
  await loadRows(table, { part: 'train', into: memory.rows, standardization, turn })
  loadTargets(table, { part: 'train', into: memory.targets, standardization })
  if (table.weights) memory.rowWeights.set(table.weights.train)
  startWeights(memory.weights, shape, run.seed)
  const validation = await validationRows(table, { standardization, turn })
  const team = await startTeam(plan, memory, run.threads)
  try {
    const frame = frameOf(table, standardization)
    const trained = await trainEpochs({ plan, memory, team, parameters, frame, validation, run, turn })
    return {
      model: trained.model,
      importances: connectionWeights(trained.model),
      trainingCurve: trained.curve,
      warnings: validation ? [] : [noValidation],
    }
  } finally {
    await team.close()
  }
}

/** Which features are embedded, and how many codes the train rows have. Throws `learn.unknown-feature`. */
async function embeddedFeatures(
  table: LearningTable,
  { embeddings = [] }: NetworkParameters,
  turn: () => Promise<void> | undefined,
): Promise<{ feature: number; size: number; codes: number }[]> {
  if (embeddings.length === 0) return []
  const places = [
    ...featuresNamed(
      table,
      embeddings.map(({ column }) => column),
    ),
  ]
  const highest = new Float64Array(places.length)
  const width = table.features.length
  for await (const { rows, data } of table.chunks('train')) {
    for (let row = 0; row < rows; row++)
      for (const [index, feature] of places.entries())
        highest[index] = Math.max(highest[index]!, data[row * width + feature]!)
    await turn()
  }
  for (const [index, feature] of places.entries())
    if (highest[index]! >= mostCodes)
      throw learnError('too-many-codes', { feature: table.features[feature]!, limit: mostCodes })
  return places.map((feature, index) => ({
    feature,
    size: embeddings[index]!.size,
    codes: Math.floor(highest[index]!) + 1,
  }))
}

/** Codes are held as float32 numbers, and each has a row in memory. */
const mostCodes = 1_000_000

const noValidation =
  'There are no validation rows, so all epochs were used, whether or not they helped. Give the split a validation share.'

function headOf({ target }: LearningTable): Pick<NetworkShape, 'outputs' | 'head'> {
  switch (target.task) {
    case 'binary':
      return { outputs: 1, head: 'sigmoid' }
    case 'multiclass':
      return { outputs: target.classes.length, head: 'softmax' }
    case 'regression':
      return { outputs: 1, head: 'identity' }
  }
}

function frameOf(
  { target, features }: LearningTable,
  { means, factors, target: scale }: Standardization,
): Omit<NetworkModel, 'layers' | 'embeddings' | 'epochs'> {
  const classes = target.task === 'regression' ? 0 : target.classes.length
  return { task: target.task, classes, features: features.length, means, factors, target: scale }
}

async function validationRows(
  table: LearningTable,
  options: { standardization: Standardization; turn: () => Promise<void> | undefined },
): Promise<ValidationRows | null> {
  if (table.rows.validation === 0) return null
  const rows = new Float32Array(table.rows.validation * table.features.length)
  await loadRows(table, { part: 'validation', into: rows, ...options })
  return { table, rows }
}

/**
 * How strongly each feature is connected to the outputs: the products of absolute weights along all ways through the
 * layers, after Garson (1991), as shares. Features are standardized, so that units do not matter.
 */
function connectionWeights({ layers, factors, features, embeddings }: NetworkModel): number[] {
  let strengths = new Float64Array(layers.at(-1)!.outputs).fill(1)
  for (const { inputs, outputs, weights } of layers.toReversed()) {
    const next = strengths
    strengths = Float64Array.from({ length: inputs }, (_, input) => {
      let sum = 0
      for (let output = 0; output < outputs; output++)
        sum += Math.abs(weights[input * outputs + output]!) * next[output]!
      return sum
    })
  }
  const isEmbedded = new Set(embeddings.map(({ feature }) => feature))
  const own = Array.from({ length: features }, () => 0)
  let input = 0
  for (let feature = 0; feature < features; feature++)
    if (!isEmbedded.has(feature)) {
      own[feature] = factors[feature] === 0 ? 0 : strengths[input]!
      input++
    }
  for (const { feature, size, codes, table } of embeddings)
    for (let column = 0; column < size; column++, input++)
      own[feature] = own[feature]! + strengths[input]! * spreadOf(table, { column, size, codes })
  const total = own.reduce((sum, strength) => sum + strength, 0)
  return total > 0 ? own.map((strength) => strength / total) : own
}

/** The standard deviation of one number of the codes. */
function spreadOf(
  table: Float32Array,
  { column, size, codes }: { column: number; size: number; codes: number },
): number {
  const values = Array.from({ length: codes }, (_, code) => table[code * size + column]!)
  const mean = values.reduce((sum, value) => sum + value, 0) / codes
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / codes)
}

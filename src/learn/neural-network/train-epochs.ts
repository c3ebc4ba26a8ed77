import { createRandom, shuffle } from '../../tables/random.ts'
import { learnError } from '../errors.ts'
import type { FitRun, TrainingCurve } from '../learner.ts'
import { AdamW } from './adam-w.ts'
import { embeddingsOf, foldWeights, type LayerStatistics } from './fold-weights.ts'
import type { NetworkModel } from './network-model.ts'
import type { NetworkParameters } from './network-parameters.ts'
import { learnedBlocks } from './network-shape.ts'
import type { TrainingMemory, TrainingPlan } from './training-memory.ts'
import type { TrainingTeam } from './training-team.ts'
import { validationLoss, type ValidationRows } from './validation-loss.ts'

/** How much of the statistics of the batches before a batch leaves. */
const momentum = 0.9

interface Training {
  plan: TrainingPlan
  memory: TrainingMemory
  team: TrainingTeam
  parameters: NetworkParameters
  /** The model without what is learned, and epochs. */
  frame: Omit<NetworkModel, 'layers' | 'embeddings' | 'epochs'>
  validation: ValidationRows | null
  run: FitRun
  turn: () => Promise<void> | undefined
}

/**
 * Passes over the train rows until the epochs are used up, or the validation loss has not fallen for as many epochs as
 * patience allows; the model with the lowest one is kept. Throws `learn.diverged`.
 */
export async function trainEpochs(
  training: Training,
): Promise<{ model: NetworkModel; curve: TrainingCurve }> {
  const { plan, parameters, frame, validation, run } = training
  const curve: TrainingCurve = {
    metric: frame.task === 'regression' ? 'rmse' : 'log_loss',
    train: [],
    validation: [],
  }
  const state = {
    adam: new AdamW(learnedBlocks(plan.shape), plan.shape.size, parameters.weightDecay),
    derivatives: new Float32Array(plan.shape.size),
    statistics: startStatistics(plan),
    step: 0,
  }
  let best: { model: NetworkModel; loss: number } | null = null
  for (let epoch = 1; epoch <= parameters.epochs; epoch++) {
    const loss = await trainEpoch(training, state, epoch)
    if (!Number.isFinite(loss)) throw learnError('diverged', { epoch })
    curve.train.push(readable(loss, frame))
    const layers = foldWeights(plan.shape, training.memory.weights, state.statistics)
    const embeddings = embeddingsOf(plan.shape, training.memory.weights)
    const model = { ...frame, layers, embeddings, epochs: { kept: epoch, done: epoch } }
    const judged = validation ? await validationLoss(model, validation) : -epoch
    if (validation) curve.validation.push(judged)
    if (!best || judged < best.loss) best = { model, loss: judged }
    run.progress({ share: epoch / parameters.epochs, note: noteOf(epoch, parameters, curve) })
    if (epoch - best.model.epochs.kept >= parameters.patience) break
  }
  const done = curve.train.length
  return { model: { ...best!.model, epochs: { kept: best!.model.epochs.kept, done } }, curve }
}

interface State {
  adam: AdamW
  derivatives: Float32Array
  statistics: readonly (LayerStatistics | null)[]
  /** Steps so far. */
  step: number
}

/** The mean loss over the rows, each with the weights at its step. */
async function trainEpoch(training: Training, state: State, epoch: number): Promise<number> {
  const { plan, memory, team, parameters, turn } = training
  for (let row = 0; row < plan.rows; row++) memory.order[row] = row
  shuffle(memory.order, createRandom(plan.seed, `rows of epoch ${epoch}`))
  const steps = Math.ceil(plan.rows / plan.batchRows)
  let sum = 0
  for (let batch = 0; batch < steps; batch++) {
    const first = batch * plan.batchRows
    const rows = Math.min(plan.batchRows, plan.rows - first)
    await team.train({ first, rows, step: state.step })
    sum += rows * gather(plan, memory, state.derivatives)
    const share = state.step / (steps * parameters.epochs)
    state.adam.step(memory.weights, state.derivatives, rateAt(share, parameters))
    follow(plan, { memory, rows }, state.statistics)
    state.step++
    await turn()
  }
  return sum / plan.rows
}

function rateAt(share: number, { learningRate, schedule }: NetworkParameters): number {
  switch (schedule) {
    case 'constant':
      return learningRate
    case 'cosine':
      return (learningRate * (1 + Math.cos(Math.PI * share))) / 2
  }
}

/** Sums derivatives over the parts, always in the same order, and gives the loss. */
function gather({ parts }: TrainingPlan, memory: TrainingMemory, into: Float32Array): number {
  into.set(memory.derivatives[0]!)
  let loss = memory.losses[0]!
  for (let part = 1; part < parts; part++) {
    const own = memory.derivatives[part]!
    for (let index = 0; index < into.length; index++) into[index] = into[index]! + own[index]!
    loss += memory.losses[part]!
  }
  return loss
}

const startStatistics = ({ shape }: TrainingPlan): (LayerStatistics | null)[] =>
  shape.layers.map(({ scales, outputs }) =>
    scales ? { means: new Float64Array(outputs), variances: new Float64Array(outputs).fill(1) } : null,
  )

function follow(
  { parts, partRows }: TrainingPlan,
  { memory, rows }: { memory: TrainingMemory; rows: number },
  statistics: readonly (LayerStatistics | null)[],
): void {
  const used = Math.min(parts, Math.ceil(rows / partRows))
  let at = 0
  for (const layer of statistics) {
    if (!layer) continue
    for (const values of [layer.means, layer.variances]) {
      for (let unit = 0; unit < values.length; unit++, at++) {
        let sum = 0
        for (let part = 0; part < used; part++) sum += memory.statistics[part]![at]!
        values[unit] = momentum * values[unit]! + ((1 - momentum) * sum) / used
      }
    }
  }
}

/** Half the squared error of standardized values as RMSE in the unit of the target. */
function readable(loss: number, { task, target }: Training['frame']): number {
  return task === 'regression' ? target.deviation * Math.sqrt(2 * loss) : loss
}

function noteOf(
  epoch: number,
  { epochs }: NetworkParameters,
  { metric, validation, train }: TrainingCurve,
): string {
  const last = validation.at(-1) ?? train.at(-1)!
  const of = validation.length > 0 ? 'validation ' : ''
  return `epoch ${epoch} of at most ${epochs}, ${of}${metric.replaceAll('_', ' ')} ${last.toPrecision(4)}`
}

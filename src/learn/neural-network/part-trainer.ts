import type { NumberGraph, Numbers } from '../../onnx/open-graph.ts'
import { createRandom } from '../../tables/random.ts'
import { embedRow, scatterRow } from './embed-rows.ts'
import { blocksOf, viewOf, type WeightBlock } from './network-shape.ts'
import type { TrainingMemory, TrainingPlan } from './training-memory.ts'

/** Where a batch begins in the order of its epoch, how many rows it has, and its number since the beginning. */
export interface Batch {
  first: number
  rows: number
  step: number
}

/** One thread's own means to work on parts of batches. */
export interface PartTrainer {
  /** Derivatives and loss of a part go to the shared memory. */
  train(batch: Batch, part: number): Promise<void>
  close(): Promise<void>
}

/** `graph` computes the derivatives, and is closed with the trainer. */
export function openPartTrainer(plan: TrainingPlan, memory: TrainingMemory, graph: NumberGraph): PartTrainer {
  const blocks = blocksOf(plan.shape)
  const scratch = scratchFor(plan, blocks)
  return {
    train: (batch, part) => trainPart({ plan, memory, graph, blocks, scratch }, batch, part),
    close: () => graph.close(),
  }
}

type Scratch = ReturnType<typeof scratchFor>

/** The runtime does not take shared memory, so each thread copies what it needs into arrays of its own. */
function scratchFor({ shape, partRows }: TrainingPlan, blocks: readonly WeightBlock[]) {
  return {
    rows: new Float32Array(partRows * shape.inputs),
    targets: new Float32Array(partRows * shape.outputs),
    weights: new Float32Array(partRows),
    ones: new Float32Array(partRows).fill(1),
    share: new Float32Array(1),
    blocks: blocks.map(({ rows, columns }) => new Float32Array(rows * columns)),
    masks: shape.layers.map(({ activation, outputs }) =>
      shape.hasDropout && activation !== 'none' ? new Float32Array(partRows * outputs) : null,
    ),
  }
}

async function trainPart(
  own: {
    plan: TrainingPlan
    memory: TrainingMemory
    graph: NumberGraph
    blocks: readonly WeightBlock[]
    scratch: Scratch
  },
  batch: Batch,
  part: number,
): Promise<void> {
  const { plan, memory, graph, blocks, scratch } = own
  const first = batch.first + part * plan.partRows
  const rows = Math.max(0, Math.min(plan.partRows, batch.first + batch.rows - first))
  const derivatives = memory.derivatives[part]!
  if (rows === 0) {
    derivatives.fill(0)
    memory.losses[part] = 0
    return
  }
  copyRows({ plan, memory, scratch }, { first, rows, totalWeight: weightOf(memory, batch) })
  drawMasks({ plan, scratch }, { step: batch.step, part, rows })
  const found = await graph.run(feeds({ plan, memory, blocks, scratch }, rows))
  for (const block of blocks) viewOf(derivatives, block).set(found[`d_${block.name}`]!)
  scatterDerivatives({ plan, memory }, { derivatives, byInputs: found['d_rows'], first, rows })
  memory.losses[part] = lossOf(plan, { answers: found['answers']!, scratch, rows })
  keepStatistics(plan, found, memory.statistics[part]!)
}

/** Into the tables of embeddings, row by row: several rows of a part may have the same code. */
function scatterDerivatives(
  { plan: { shape }, memory }: { plan: TrainingPlan; memory: TrainingMemory },
  part: { derivatives: Float32Array; byInputs: Float32Array | undefined; first: number; rows: number },
): void {
  const { derivatives, byInputs, first, rows } = part
  if (!byInputs) return
  for (const { table } of shape.embeddings) viewOf(derivatives, table).fill(0)
  for (let at = 0; at < rows; at++) {
    const row = memory.order[first + at]!
    scatterRow(
      memory.rows.subarray(row * shape.features, (row + 1) * shape.features),
      byInputs.subarray(at * shape.inputs, (at + 1) * shape.inputs),
      { shape, derivatives },
    )
  }
}

/** The weight of all rows of a batch: each thread sums it in the same order. */
function weightOf({ order, rowWeights }: TrainingMemory, { first, rows }: Batch): number {
  if (rowWeights.length === 0) return rows
  let sum = 0
  for (let at = first; at < first + rows; at++) sum += rowWeights[order[at]!]!
  return sum
}

function copyRows(
  { plan: { shape }, memory, scratch }: { plan: TrainingPlan; memory: TrainingMemory; scratch: Scratch },
  { first, rows, totalWeight }: { first: number; rows: number; totalWeight: number },
): void {
  const { features, inputs, outputs } = shape
  if (shape.embeddings.length === 0) copyFeatures(memory, { first, rows, features, into: scratch.rows })
  for (let at = 0; at < rows; at++) {
    const row = memory.order[first + at]!
    if (shape.embeddings.length > 0) {
      const own = memory.rows.subarray(row * features, (row + 1) * features)
      embedRow(own, scratch.rows.subarray(at * inputs, (at + 1) * inputs), { shape, weights: memory.weights })
    }
    for (let output = 0; output < outputs; output++)
      scratch.targets[at * outputs + output] = memory.targets[row * outputs + output]!
    const weight = memory.rowWeights.length > 0 ? memory.rowWeights[row]! : 1
    scratch.weights[at] = totalWeight > 0 ? weight / totalWeight : 0
  }
}

/** Value by value: a view of each row would take longer than to copy it. */
function copyFeatures(
  memory: TrainingMemory,
  options: { first: number; rows: number; features: number; into: Float32Array },
): void {
  const { first, rows, features, into } = options
  const { rows: from, order } = memory
  for (let at = 0, to = 0; at < rows; at++) {
    const start = order[first + at]! * features
    for (let feature = 0; feature < features; feature++, to++) into[to] = from[start + feature]!
  }
}

/** Units are left out by a draw that depends on step, part and layer, not on who works on it. */
function drawMasks(
  { plan: { dropout, seed, shape }, scratch }: { plan: TrainingPlan; scratch: Scratch },
  { step, part, rows }: { step: number; part: number; rows: number },
): void {
  const kept = Math.fround(1 / (1 - dropout))
  const limit = dropout * 2 ** 32
  for (const [layer, mask] of scratch.masks.entries()) {
    if (!mask) continue
    const random = createRandom(seed, `dropout ${step} ${part} ${layer}`)
    const length = rows * shape.layers[layer]!.outputs
    for (let unit = 0; unit < length; unit++) mask[unit] = random.below(2 ** 32) < limit ? 0 : kept
  }
}

function feeds(
  {
    plan: { shape },
    memory,
    blocks,
    scratch,
  }: { plan: TrainingPlan; memory: TrainingMemory; blocks: readonly WeightBlock[]; scratch: Scratch },
  rows: number,
): Record<string, Numbers> {
  const of = (data: Float32Array, width: number): Numbers => ({
    data: data.subarray(0, rows * width),
    dims: [rows, width],
  })
  const inputs: Record<string, Numbers> = {
    rows: of(scratch.rows, shape.inputs),
    targets: of(scratch.targets, shape.outputs),
    weights: of(scratch.weights, 1),
    ones: of(scratch.ones, 1),
  }
  for (const [index, block] of blocks.entries()) {
    const data = scratch.blocks[index]!
    data.set(viewOf(memory.weights, block))
    inputs[block.name] = { data, dims: [block.rows, block.columns] }
  }
  for (const [layer, mask] of scratch.masks.entries())
    if (mask) inputs[`mask${layer}`] = of(mask, shape.layers[layer]!.outputs)
  if (shape.layers.some(({ scales }) => scales)) {
    scratch.share[0] = 1 / rows
    inputs['share'] = { data: scratch.share, dims: [1, 1] }
  }
  return inputs
}

/** Cross-entropy, or half the squared error, summed with the rows’ shares of the batch. */
function lossOf(
  { shape: { outputs, head } }: TrainingPlan,
  { answers, scratch, rows }: { answers: Float32Array; scratch: Scratch; rows: number },
): number {
  let sum = 0
  for (let row = 0; row < rows; row++) {
    let loss = 0
    for (let output = 0; output < outputs; output++) {
      const answer = answers[row * outputs + output]!
      loss += outputLoss(answer, scratch.targets[row * outputs + output]!, head)
    }
    sum += scratch.weights[row]! * loss
  }
  return sum
}

/** Answers of exactly 0 and 1 are kept this far from them. */
const nearest = 2 ** -24

function outputLoss(answer: number, target: number, head: TrainingPlan['shape']['head']): number {
  switch (head) {
    case 'identity':
      return (answer - target) ** 2 / 2
    case 'softmax':
      return target === 0 ? 0 : -target * Math.log(Math.max(answer, nearest))
    case 'sigmoid':
      return -Math.log(Math.max(target === 1 ? answer : 1 - answer, nearest))
  }
}

function keepStatistics(
  { shape }: TrainingPlan,
  found: Readonly<Record<string, Float32Array>>,
  statistics: Float32Array,
): void {
  let at = 0
  for (const [index, { scales, outputs }] of shape.layers.entries()) {
    if (!scales) continue
    statistics.set(found[`mean${index}`]!, at)
    statistics.set(found[`variance${index}`]!, at + outputs)
    at += 2 * outputs
  }
}

import { signalBytes } from '../threads/thread-signals.ts'
import type { Engine } from './network-parameters.ts'
import { blocksOf, type NetworkShape } from './network-shape.ts'

/**
 * A batch is cut into this many parts, whatever the number of threads: the derivatives of each are summed on their own and
 * then in order, so that one thread and several come to the same bits.
 */
const mostParts = 4
const fewestRows = 32

export interface TrainingPlan {
  engine: Engine
  shape: NetworkShape
  rows: number
  batchRows: number
  dropout: number
  seed: number
  hasWeights: boolean
  parts: number
  /** Rows of a part, but for the last ones of a batch. */
  partRows: number
}

export function planTraining(
  options: Pick<TrainingPlan, 'engine' | 'shape' | 'rows' | 'dropout' | 'seed' | 'hasWeights'> & {
    batchRows: number
  },
): TrainingPlan {
  const batchRows = Math.min(options.batchRows, options.rows)
  const parts = Math.max(1, Math.min(mostParts, Math.floor(batchRows / fewestRows)))
  return { ...options, batchRows, parts, partRows: Math.ceil(batchRows / parts) }
}

/** What all threads see of a training. */
export interface TrainingMemory {
  control: SharedArrayBuffer
  /** Standardized features, row-major. */
  rows: Float32Array
  /** One number an output and row. */
  targets: Float32Array
  /** One a row; empty where all are equal. */
  rowWeights: Float32Array
  /** The rows in the order of the epoch. */
  order: Uint32Array
  weights: Float32Array
  /** Of each part: derivatives by all weights. */
  derivatives: readonly Float32Array[]
  /** Of each part: summed loss, and rows. */
  losses: Float64Array
  /** Of each part: means and variances of the layers with batch normalization, one after the other. */
  statistics: readonly Float32Array[]
}

const float32 = (length: number): Float32Array<SharedArrayBuffer> =>
  new Float32Array(new SharedArrayBuffer(4 * length))

export function allocateTraining({ shape, rows, parts, hasWeights }: TrainingPlan): TrainingMemory {
  const each = <Item>(make: () => Item): Item[] => Array.from({ length: parts }, make)
  return {
    control: new SharedArrayBuffer(signalBytes),
    rows: float32(rows * shape.features),
    targets: float32(rows * shape.outputs),
    rowWeights: float32(hasWeights ? rows : 0),
    order: new Uint32Array(new SharedArrayBuffer(4 * rows)),
    weights: float32(shape.size),
    derivatives: each(() => float32(shape.size)),
    losses: new Float64Array(new SharedArrayBuffer(8 * parts)),
    statistics: each(() => float32(2 * normalizedUnits(shape))),
  }
}

export const normalizedUnits = (shape: NetworkShape): number =>
  blocksOf(shape).reduce((sum, { name, columns }) => (name.startsWith('scales') ? sum + columns : sum), 0)

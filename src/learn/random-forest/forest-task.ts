import type { BinLayout } from '../histogram-trees/bin-layout.ts'
import type { WasmMemory } from '../../core/webassembly/engine.ts'
import type { ForestParameters } from './forest-parameters.ts'

/** What every thread is given once, as plain data; addresses are those of the shared memory. */
export interface ForestTask {
  memory: WasmMemory
  layout: BinLayout
  /** Of each place: between its bins. */
  cuts: readonly Float32Array[]
  rows: number
  /** Classes, or 1 for amounts. */
  outputs: number
  parameters: ForestParameters
  seed: number
  at: {
    /** One byte a row, place after place. */
    columns: number
    /** float32: amounts less their mean, or class codes. */
    targets: number
    weights: number
  }
  outOfBag: OutOfBag | null
}

/** Votes of trees about rows that they were not grown on, as whole numbers, whose sums have no order. */
export interface OutOfBag {
  /** Int32, rows × outputs. */
  votes: SharedArrayBuffer
  /** Int32 a row. */
  voters: SharedArrayBuffer
  /** Votes in one. */
  scale: number
}

/** A tree as it grew: numbers in the order of nodes and leaves. */
export interface GrownForestTree {
  places: number[]
  bins: number[]
  missingLeft: boolean[]
  left: number[]
  right: number[]
  gains: number[]
  nodeRows: number[]
  leafRows: number[]
  /** Leaves × outputs: shares of the classes, or the mean. */
  leafAnswers: number[]
}

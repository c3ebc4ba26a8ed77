import { instantiate, type WasmMemory, type WasmModule } from '../../../core/webassembly/engine.ts'
import { encodeModule } from '../../../core/webassembly/module.ts'
import type { BinLayout, RecordBlock } from '../bin-layout.ts'
import { binColumn, binColumnName } from './bin-column.ts'
import { addHistograms, subtractHistograms } from './combine-histograms.ts'
import { countRows } from './count-rows.ts'
import {
  addExponentials,
  logisticDerivatives,
  poissonDerivatives,
  softmaxDerivatives,
} from './loss-derivatives.ts'
import { countLeftRows, partitionRows } from './partition-rows.ts'
import { scanBins } from './scan-bins.ts'
import { addToScores, measureDerivatives, packGradients, sumDerivatives } from './row-gradients.ts'

type Call = (...numbers: number[]) => number

/** Kernels of one kind of record. */
export interface BlockKernels {
  /** `(records, begin, end, histogram)`: see `count-rows.ts`. */
  countAll: Call
  countIndexed: Call
  countOnes: Call
  packGradients: Call
}

export interface TreeKernels {
  binColumn: readonly Call[]
  addHistograms: Call
  subtractHistograms: Call
  /** See `scan-bins.ts`. */
  scanBins: Call
  partitionRows: Call
  countLeftRows: Call
  measureDerivatives: Call
  sumDerivatives: Call
  addToScores: Call
  logisticDerivatives: Call
  poissonDerivatives: Call
  softmaxDerivatives: Call
  addExponentials: Call
  /** Parallel to the blocks of the layout. */
  blocks: readonly BlockKernels[]
}

const levelsOfBins = [1, 2, 3, 4, 5, 6, 7, 8]

/** So many levels of cuts tell so many bins apart. */
export const levelsFor = (valueBins: number): number =>
  Math.max(1, Math.ceil(Math.log2(Math.max(valueBins, 2))))

/** The bytes of a module with the kernels for a layout of bins. */
export function encodeTreeKernels(layout: BinLayout): Uint8Array<ArrayBuffer> {
  const kinds = new Map(layout.blocks.map((block) => [kindOf(block), block]))
  return encodeModule([
    ...levelsOfBins.map(binColumn),
    addHistograms(),
    subtractHistograms(),
    scanBins(),
    partitionRows(),
    countLeftRows(),
    measureDerivatives(),
    sumDerivatives(),
    addToScores(),
    logisticDerivatives(),
    poissonDerivatives(),
    softmaxDerivatives(),
    addExponentials(),
    ...[...kinds].flatMap(([kind, block]) => [
      countRows({ name: `countAll ${kind}`, block, rows: 'all', adds: 'gradients' }),
      countRows({ name: `countIndexed ${kind}`, block, rows: 'indexed', adds: 'gradients' }),
      countRows({ name: `countOnes ${kind}`, block, rows: 'indexed', adds: 'one' }),
      packGradients({ name: `packGradients ${kind}`, ...block }),
    ]),
  ])
}

export function instantiateTreeKernels(options: {
  module: WasmModule
  memory: WasmMemory
  layout: BinLayout
}): TreeKernels {
  const { module, memory, layout } = options
  const exports = instantiate(module, memory)
  const call = (name: string): Call => exports[name] as Call
  return {
    binColumn: levelsOfBins.map((levels) => call(binColumnName(levels))),
    addHistograms: call('addHistograms'),
    subtractHistograms: call('subtractHistograms'),
    scanBins: call('scanBins'),
    partitionRows: call('partitionRows'),
    countLeftRows: call('countLeftRows'),
    measureDerivatives: call('measureDerivatives'),
    sumDerivatives: call('sumDerivatives'),
    addToScores: call('addToScores'),
    logisticDerivatives: call('logisticDerivatives'),
    poissonDerivatives: call('poissonDerivatives'),
    softmaxDerivatives: call('softmaxDerivatives'),
    addExponentials: call('addExponentials'),
    blocks: layout.blocks.map((block) => ({
      countAll: call(`countAll ${kindOf(block)}`),
      countIndexed: call(`countIndexed ${kindOf(block)}`),
      countOnes: call(`countOnes ${kindOf(block)}`),
      packGradients: call(`packGradients ${kindOf(block)}`),
    })),
  }
}

/** Blocks with the same kernels; those that are alike, such as one-hot codes, share them. */
const kindOf = ({ stride, offsets }: RecordBlock): string => `${stride}: ${offsets.join(' ')}`

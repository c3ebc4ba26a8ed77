import { compile, instantiate, sharedMemory, bytesPerPage } from '../../core/webassembly/engine.ts'
import { encodeModule } from '../../core/webassembly/module.ts'
import { CHUNK_ROWS } from '../../tables/column-chunk.ts'
import type { GraphPort } from '../model-message.ts'
import type { LeafMasks } from './leaf-masks.ts'
import { scoreRows, scoreRowsName, type MasksLayout } from './masks-kernel.ts'

/** Adds up the leaves of trees for rows of a matrix of a fixed width, row-major: rows × outputs sums. */
export type TreeWalker = (matrix: Float32Array, rows: number) => Float32Array<ArrayBuffer>

/** Asked of each tree for every row, more features take as long as to walk it. */
const mostFeatures = 512
/** 256 MB of rows; more than 4 GB cannot be had. */
const mostWidth = 16_384

/** Whether it is worth the time and the memory to walk trees over such a matrix. */
export const isWalkable = (masks: LeafMasks, { type, width }: Pick<GraphPort, 'type' | 'width'>): boolean =>
  type === 'float32' && masks.features.length <= mostFeatures && width <= mostWidth

/** Gives what the runtime’s operator gives, bit for bit, for matrices of at most 4 096 rows. */
export function createTreeWalker(masks: LeafMasks, width: number): TreeWalker {
  let bytes = 0
  const place = (size: number): number => {
    const at = bytes
    bytes += Math.ceil(size / 64) * 64
    return at
  }
  const outputs = masks.treesOf.length
  const levels = masks.features.map(({ cuts }) => Math.ceil(Math.log2(cuts.length + 1)))
  const layout: MasksLayout = {
    chosen: place(masks.paddedTrees * 4),
    values: place(masks.values.byteLength),
    features: masks.features.map(({ masks: own }, index) => ({
      levels: levels[index]!,
      cuts: place(4 * (2 ** levels[index]! - 1)),
      masks: place(own.byteLength),
    })),
  }
  const rowsAt = place(CHUNK_ROWS * width * 4)
  const scoresAt = place(CHUNK_ROWS * outputs * 4)
  const memory = sharedMemory(Math.ceil(bytes / bytesPerPage))
  new Float32Array(memory.buffer, layout.values).set(masks.values)
  for (const [index, { cuts, masks: own }] of masks.features.entries()) {
    const at = layout.features[index]!
    new Float32Array(memory.buffer, at.cuts, 2 ** at.levels - 1).fill(Infinity).set(cuts)
    new Int32Array(memory.buffer, at.masks).set(own)
  }
  const module = compile(encodeModule([scoreRows(masks, layout, width * 4)]))
  const score = instantiate(module, memory)[scoreRowsName] as (...numbers: number[]) => void
  const rowsIn = new Float32Array(memory.buffer, rowsAt, CHUNK_ROWS * width)
  const scoresIn = new Float32Array(memory.buffer, scoresAt, CHUNK_ROWS * outputs)
  return (matrix, rows) => {
    rowsIn.set(matrix)
    score(rowsAt, rowsAt + rows * width * 4, scoresAt)
    return new Float32Array(scoresIn.subarray(0, rows * outputs))
  }
}

import type { LearningPart, LearningTable } from '../learner.ts'
import type { WasmMemory } from '../../core/webassembly/engine.ts'
import type { FeatureBins } from './feature-bins.ts'
import { levelsFor, type TreeKernels } from './kernels/tree-kernels.ts'
import { cutBytes, type TrainingPlan } from './training-plan.ts'

/** Puts the rows of a part into bins as its chunks come, so that its float matrix is never held. */
export async function binRows(options: {
  table: LearningTable
  part: LearningPart
  bins: readonly FeatureBins[]
  plan: TrainingPlan
  memory: WasmMemory
  kernels: TreeKernels
  turn: () => Promise<void> | undefined
}): Promise<void> {
  const { table, part, bins, plan, memory, kernels, turn } = options
  const { features, stagedRows } = plan
  const staging = new Float32Array(memory.buffer, plan.at.staging, features * stagedRows)
  const binners = Array.from(plan.layout.features, (feature, place) =>
    binnerOf({ feature, bins: bins[feature]!, place, part, plan, memory, kernels }),
  )
  const rows = table.rows[part]
  let firstRow = 0
  for await (const chunk of table.chunks(part)) {
    if (firstRow + chunk.rows > rows) throw new RangeError(`more than ${rows} ${part} rows`)
    for (let start = 0; start < chunk.rows; start += stagedRows) {
      const count = Math.min(stagedRows, chunk.rows - start)
      staging.set(chunk.data.subarray(start * features, (start + count) * features))
      for (const bin of binners) bin(firstRow + start, count)
    }
    firstRow += chunk.rows
    await turn()
  }
  if (firstRow !== rows) throw new RangeError(`${firstRow} ${part} rows came, ${rows} were announced`)
}

/** Puts staged values into bins: so many, for the rows from the first on. */
type Binner = (firstRow: number, count: number) => void

function binnerOf(options: {
  feature: number
  bins: FeatureBins
  place: number
  part: LearningPart
  plan: TrainingPlan
  memory: WasmMemory
  kernels: TreeKernels
}): Binner {
  const { feature, bins, place, part, plan, memory, kernels } = options
  const { at, rows, features, layout } = plan
  const column = at.columns[part] + place * rows[part]
  const index = layout.blocks.findIndex(({ firstPlace, places }) => place < firstPlace + places)
  const block = layout.blocks[index]
  // Where there are no records, as for validation rows, bins are written to a byte that nobody reads then.
  const [records, stride] =
    part === 'train' && block
      ? [at.records[index]! + place - block.firstPlace, block.stride]
      : [at.goesLeft, 0]
  if (bins.kind === 'category') {
    const bytes = new Uint8Array(memory.buffer)
    const values = new Float32Array(memory.buffer, at.staging, features * plan.stagedRows)
    const binOf = binOfCategory(bins.categories)
    return (firstRow, count) => {
      for (let row = 0; row < count; row++) {
        const bin = binOf(values[row * features + feature]!)
        bytes[column + firstRow + row] = bin
        bytes[records + stride * (firstRow + row)] = bin
      }
    }
  }
  const levels = levelsFor(bins.cuts.length + 1)
  const cuts = at.cuts + cutBytes * place
  new Float32Array(memory.buffer, cuts, cutBytes / 4).fill(Infinity).set(bins.cuts)
  const binColumn = kernels.binColumn[levels - 1]!
  return (firstRow, count) => {
    const begin = column + firstRow
    binColumn(
      at.staging + 4 * feature,
      4 * features,
      cuts,
      begin,
      begin + count,
      records + stride * firstRow,
      stride,
    )
  }
}

const mostInTable = 2 ** 16

/** The bin of a category: 0 for those without one of their own. */
function binOfCategory(categories: Float32Array): (value: number) => number {
  if (categories.every((category) => category >= 0 && category < mostInTable)) {
    const table = new Uint8Array(mostInTable)
    for (const [index, category] of categories.entries()) table[category] = index + 1
    return (value) => table[value] ?? 0
  }
  const bins = new Map(Array.from(categories, (category, index) => [category, index + 1]))
  return (value) => bins.get(value) ?? 0
}

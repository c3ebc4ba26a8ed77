import type { CompressedChunk } from '../compressed-rows.ts'
import type { LearningPart, LearningTable, MatrixChunk } from '../learner.ts'
import { unusableValues } from '../unusable-values.ts'

/** A feature that is other than 0 in less than this share of the rows is kept by those values alone. */
const denseShare = 0.4

/** Which features are kept how: made from the train rows, used for all parts. */
export interface DesignLayout {
  dense: Uint32Array
  sparse: Uint32Array
}

/**
 * Some rows in memory. Dense features stand row-major in `dense`, in the order of the layout. Of sparse ones, such as
 * one-hot codes, only values other than 0 are kept: those of row r from `starts[r]` to `starts[r + 1]`.
 */
export interface DesignBlock {
  rows: number
  dense: Float32Array
  starts: Uint32Array
  sparseFeatures: Uint32Array
  sparseValues: Float32Array
}

export function layOutDesign(nonZeros: Uint32Array, rows: number): DesignLayout {
  const all = Uint32Array.from(nonZeros.keys())
  const isDense = (feature: number): boolean => nonZeros[feature]! >= denseShare * rows
  return { dense: all.filter(isDense), sparse: all.filter((feature) => !isDense(feature)) }
}

/** Keeps a part of the table in memory, a block for each chunk. Throws at missing and infinite values. */
export async function keepRows(options: {
  table: LearningTable
  part: LearningPart
  layout: DesignLayout
  turn: () => Promise<void> | undefined
}): Promise<DesignBlock[]> {
  const { table, part, layout, turn } = options
  const blocks: DesignBlock[] = []
  const unusable = unusableValues(table, part)
  if (table.compressed) {
    for await (const chunk of table.compressed(part)) {
      unusable.countCompressed(chunk)
      blocks.push(blockOfCompressed(chunk, { layout, width: table.features.length }))
      await turn()
    }
  } else {
    for await (const chunk of table.chunks(part)) {
      unusable.count(chunk)
      blocks.push(blockOf(chunk, layout))
      await turn()
    }
  }
  unusable.refuse()
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0)
  if (rows !== table.rows[part]) throw new RangeError(`${rows} ${part} rows came, not ${table.rows[part]}`)
  return blocks
}

function blockOf({ rows, data }: MatrixChunk, layout: DesignLayout): DesignBlock {
  const width = data.length / rows
  const dense = new Float32Array(rows * layout.dense.length)
  const starts = new Uint32Array(rows + 1)
  for (let row = 0, at = 0; row < rows; row++) {
    for (const feature of layout.dense) dense[at++] = data[row * width + feature]!
    let count = 0
    for (const feature of layout.sparse) if (data[row * width + feature] !== 0) count++
    starts[row + 1] = starts[row]! + count
  }
  const sparseFeatures = new Uint32Array(starts[rows]!)
  const sparseValues = new Float32Array(starts[rows]!)
  for (let row = 0, at = 0; row < rows; row++) {
    for (const feature of layout.sparse) {
      const value = data[row * width + feature]!
      if (value === 0) continue
      sparseFeatures[at] = feature
      sparseValues[at++] = value
    }
  }
  return { rows, dense, starts, sparseFeatures, sparseValues }
}

function blockOfCompressed(
  { rows, starts, features, values }: CompressedChunk,
  { layout, width }: { layout: DesignLayout; width: number },
): DesignBlock {
  if (layout.dense.length === 0)
    return { rows, dense: new Float32Array(0), starts, sparseFeatures: features, sparseValues: values }
  const placeOf = new Int32Array(width).fill(-1)
  for (const [place, feature] of layout.dense.entries()) placeOf[feature] = place
  const dense = new Float32Array(rows * layout.dense.length)
  const sparseStarts = new Uint32Array(rows + 1)
  const sparseFeatures = new Uint32Array(features.length)
  const sparseValues = new Float32Array(features.length)
  let count = 0
  for (let row = 0; row < rows; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const place = placeOf[features[at]!]!
      if (place >= 0) {
        dense[row * layout.dense.length + place] = values[at]!
        continue
      }
      sparseFeatures[count] = features[at]!
      sparseValues[count++] = values[at]!
    }
    sparseStarts[row + 1] = count
  }
  return {
    rows,
    dense,
    starts: sparseStarts,
    sparseFeatures: sparseFeatures.slice(0, count),
    sparseValues: sparseValues.slice(0, count),
  }
}

import type { CompressedChunk } from '../compressed-rows.ts'
import type { MatrixChunk } from '../learner.ts'

/** A feature that is other than 0 in less than this share of the rows is kept by those values alone. */
const denseShare = 0.4

/** Which features are kept how: as the first train rows tell, for all parts. */
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

/** Makes a block of each chunk of rows, or of rows without their zeros; it keeps the room that it needs meanwhile. */
export interface BlockMaker {
  ofRows(chunk: MatrixChunk): DesignBlock
  ofCompressed(chunk: CompressedChunk): DesignBlock
}

export function blockMaker(layout: DesignLayout, width: number): BlockMaker {
  const placeOf = new Int32Array(width).fill(-1)
  for (const [place, feature] of layout.dense.entries()) placeOf[feature] = place
  let room = { features: new Uint32Array(), values: new Float32Array() }
  const blockOf = (rows: number, most: number, fill: (into: DesignBlock) => number): DesignBlock => {
    if (most > room.values.length) room = { features: new Uint32Array(most), values: new Float32Array(most) }
    const block = {
      rows,
      dense: new Float32Array(rows * layout.dense.length),
      starts: new Uint32Array(rows + 1),
      sparseFeatures: room.features,
      sparseValues: room.values,
    }
    const count = fill(block)
    return {
      ...block,
      sparseFeatures: room.features.slice(0, count),
      sparseValues: room.values.slice(0, count),
    }
  }
  return {
    ofRows: (chunk) => blockOf(chunk.rows, chunk.data.length, (into) => fillFromRows(chunk, into, placeOf)),
    ofCompressed: (chunk) =>
      blockOf(chunk.rows, chunk.values.length, (into) => fillFromCompressed(chunk, into, placeOf)),
  }
}

/** Gives how many values other than 0 sparse features have. */
function fillFromRows({ rows, data }: MatrixChunk, into: DesignBlock, placeOf: Int32Array): number {
  const { dense, starts, sparseFeatures, sparseValues } = into
  const width = placeOf.length
  const denseWidth = dense.length / rows
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const start = row * width
    for (let feature = 0; feature < width;) {
      const at = start + feature
      // Of one-hot codes most are zeros: four of them are passed over at once.
      if (feature + 4 <= width && (bits[at]! | bits[at + 1]! | bits[at + 2]! | bits[at + 3]!) === 0) {
        feature += 4
        continue
      }
      const value = data[at]!
      const place = placeOf[feature]!
      if (place >= 0) dense[row * denseWidth + place] = value
      else if (value !== 0) {
        sparseFeatures[count] = feature
        sparseValues[count++] = value
      }
      feature++
    }
    starts[row + 1] = count
  }
  return count
}

function fillFromCompressed(chunk: CompressedChunk, into: DesignBlock, placeOf: Int32Array): number {
  const { dense, starts, sparseFeatures, sparseValues } = into
  const denseWidth = dense.length / chunk.rows
  let count = 0
  for (let row = 0; row < chunk.rows; row++) {
    for (let at = chunk.starts[row]!; at < chunk.starts[row + 1]!; at++) {
      const place = placeOf[chunk.features[at]!]!
      if (place >= 0) dense[row * denseWidth + place] = chunk.values[at]!
      else {
        sparseFeatures[count] = chunk.features[at]!
        sparseValues[count++] = chunk.values[at]!
      }
    }
    starts[row + 1] = count
  }
  return count
}

import { missingBin, type BinnedMatrix } from './binned-matrix.ts'
import type { LeafSums } from './leaf-sums.ts'

/** Numbers kept a bin: the sums of gradients and of hessians, and the count of rows. */
export const numbersPerBin = 3

/** A bin with at least this share of the rows is not counted but got as the rest. */
const commonShare = 0.7
const noBin = -1

/**
 * Where the bins of each feature lie in a histogram: feature after feature, each with the bin of missing values and
 * then its value bins. Features whose values are all in one bin cannot be split and have no place.
 */
export interface HistogramLayout {
  /** Numbers in a histogram. */
  length: number
  /** Features with a place, ascending; the other arrays are parallel to it. */
  features: Uint32Array
  offsets: Uint32Array
  valueBins: Uint32Array
  /** The bin that holds most of the rows, or −1. */
  commonBins: Int32Array
}

export function layOutHistograms(matrix: BinnedMatrix, cuts: readonly Float32Array[]): HistogramLayout {
  const counts = matrix.columns.map((column, feature) => countBins(column, cuts[feature]!.length + 2))
  const splittable = Array.from(cuts.keys()).filter(
    (feature) => cuts[feature]!.length > 0 || counts[feature]![missingBin]! > 0,
  )
  const features = Uint32Array.from(splittable)
  const valueBins = features.map((feature) => cuts[feature]!.length + 1)
  const commonBins = Int32Array.from(features, (feature) =>
    counts[feature]!.findIndex((count) => count >= commonShare * matrix.rows),
  )
  const offsets = new Uint32Array(features.length)
  let length = 0
  for (const [place, bins] of valueBins.entries()) {
    offsets[place] = length
    length += (1 + bins) * numbersPerBin
  }
  return { length, features, offsets, valueBins, commonBins }
}

function countBins(column: Uint8Array, bins: number): Uint32Array {
  const counts = new Uint32Array(bins)
  for (let row = 0; row < column.length; row++) counts[column[row]!]!++
  return counts
}

/** The layout of some of the features: places of a layout, ascending. */
export function narrowLayout(layout: HistogramLayout, places: Uint32Array): HistogramLayout {
  return {
    length: layout.length,
    features: places.map((place) => layout.features[place]!),
    offsets: places.map((place) => layout.offsets[place]!),
    valueBins: places.map((place) => layout.valueBins[place]!),
    commonBins: Int32Array.from(places, (place) => layout.commonBins[place]!),
  }
}

/**
 * Counts rows into a histogram of zeros. `derivatives` holds gradient and hessian side by side, in the order of
 * `rows`, on a grid that makes every sum exact (`exact-sums.ts`): the outcome does not depend on who adds what first.
 * `sums` are those of all the rows.
 */
export function fillHistogram(options: {
  histogram: Float64Array
  layout: HistogramLayout
  matrix: BinnedMatrix
  rows: Uint32Array
  derivatives: Float64Array
  sums: LeafSums
}): void {
  const { histogram, layout, matrix, rows, derivatives, sums } = options
  for (let place = 0; place < layout.features.length; place++) {
    const bins = matrix.columns[layout.features[place]!]!
    const offset = layout.offsets[place]!
    const commonBin = layout.commonBins[place]!
    const column = { histogram, offset, bins, rows, derivatives }
    if (commonBin === noBin) addColumn(column)
    else addSkewedColumn({ ...column, commonBin, valueBins: layout.valueBins[place]!, sums })
  }
}

interface ColumnCount {
  histogram: Float64Array
  offset: number
  bins: Uint8Array
  rows: Uint32Array
  derivatives: Float64Array
}

function addColumn({ histogram, offset, bins, rows, derivatives }: ColumnCount): void {
  for (let index = 0; index < rows.length; index++) {
    const at = offset + numbersPerBin * bins[rows[index]!]!
    histogram[at] = histogram[at]! + derivatives[2 * index]!
    histogram[at + 1] = histogram[at + 1]! + derivatives[2 * index + 1]!
    histogram[at + 2] = histogram[at + 2]! + 1
  }
}

/** Passes over the rows of the common bin, such as the zeros of a one-hot code, and gives it what the others leave. */
function addSkewedColumn(
  column: ColumnCount & { commonBin: number; valueBins: number; sums: LeafSums },
): void {
  const { histogram, offset, bins, rows, derivatives, commonBin, valueBins, sums } = column
  for (let index = 0; index < rows.length; index++) {
    const bin = bins[rows[index]!]!
    if (bin === commonBin) continue
    const at = offset + numbersPerBin * bin
    histogram[at] = histogram[at]! + derivatives[2 * index]!
    histogram[at + 1] = histogram[at + 1]! + derivatives[2 * index + 1]!
    histogram[at + 2] = histogram[at + 2]! + 1
  }
  let { gradient, hessian, rows: count } = sums
  for (let bin = 0; bin <= valueBins; bin++) {
    const at = offset + numbersPerBin * bin
    gradient -= histogram[at]!
    hessian -= histogram[at + 1]!
    count -= histogram[at + 2]!
  }
  const at = offset + numbersPerBin * commonBin
  histogram[at] = gradient
  histogram[at + 1] = hessian
  histogram[at + 2] = count
}

/** Turns a parent's histogram into that of one child by taking the other child's away: exact, as sums are. */
export function subtractHistogram(histogram: Float64Array, sibling: Float64Array): void {
  for (let index = 0; index < histogram.length; index++)
    histogram[index] = histogram[index]! - sibling[index]!
}

import { binsOf, type FeatureBins } from './feature-bins.ts'

/** Bytes of a histogram's bin: see `kernels/count-rows.ts`. */
export const binBytes = 8

/** A record has room for so many features beside the gradient in half a cache line. */
const mostPlacesInBlock = 28
const gradientBytes = 4

/** Features whose bins lie side by side in one record a row, with the row's packed gradient at the end. */
export interface RecordBlock {
  firstPlace: number
  places: number
  stride: number
  gradientOffset: number
  /** Where each feature's bins begin in the histogram of the block. */
  offsets: readonly number[]
  histogramOffset: number
}

/**
 * Where bins lie: features that can be split have a place, in order. A histogram holds the bins of one place after the
 * other: first that of missing values, then those of values.
 */
export interface BinLayout {
  /** Ascending. */
  features: Uint32Array
  valueBins: Uint32Array
  /** In bytes, and, last, where the histogram ends. */
  offsets: Uint32Array
  blocks: readonly RecordBlock[]
}

export function layOutBins(bins: readonly FeatureBins[]): BinLayout {
  const splittable = Array.from(bins.keys()).filter((feature) => canSplit(bins[feature]!))
  const features = Uint32Array.from(splittable)
  const valueBins = features.map((feature) => binsOf(bins[feature]!))
  const offsets = new Uint32Array(features.length + 1)
  for (const [place, count] of valueBins.entries()) {
    // Pairs of bins, since histograms are combined two bins at a time.
    offsets[place + 1] = offsets[place]! + binBytes * 2 * Math.ceil((1 + count) / 2)
  }
  return { features, valueBins, offsets, blocks: blocksOf(features.length, offsets) }
}

/** Two groups of values, or one and missing ones. */
const canSplit = (bins: FeatureBins): boolean => binsOf(bins) > 1 || (binsOf(bins) === 1 && bins.hasMissing)

function blocksOf(places: number, offsets: Uint32Array): RecordBlock[] {
  const count = Math.ceil(places / mostPlacesInBlock)
  return Array.from({ length: count }, (_, index) => {
    const firstPlace = Math.floor((places * index) / count)
    const width = Math.floor((places * (index + 1)) / count) - firstPlace
    const stride = 8 * Math.ceil((width + gradientBytes) / 8)
    const histogramOffset = offsets[firstPlace]!
    return {
      firstPlace,
      places: width,
      stride,
      gradientOffset: stride - gradientBytes,
      offsets: Array.from({ length: width }, (__, place) => offsets[firstPlace + place]! - histogramOffset),
      histogramOffset,
    }
  })
}

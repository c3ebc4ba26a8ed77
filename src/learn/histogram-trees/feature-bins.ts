/** The bin of missing values, in every feature; values have the bins 1, 2, … */
export const missingBin = 0

/** The most bins for values: with that of missing ones they fit in a byte. */
export const mostValueBins = 255

/** How the values of a feature are put into bins. */
export type FeatureBins =
  | {
      kind: 'number'
      /** Ascending; a value v belongs to the first bin whose cut is ≥ v, or the last. */
      cuts: Float32Array
      hasMissing: boolean
      hasValues: boolean
    }
  | {
      kind: 'category'
      /** The category of each bin; others share the bin of missing values. */
      categories: Float32Array
      hasMissing: boolean
    }

/** Bins for values. */
export function binsOf(bins: FeatureBins): number {
  if (bins.kind === 'category') return bins.categories.length
  return bins.hasValues ? bins.cuts.length + 1 : 0
}

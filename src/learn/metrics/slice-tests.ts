import { adjustForFalseDiscovery } from '../../stats/false-discovery.ts'
import { welchTest, type SampleSums } from '../../stats/welch-test.ts'

export interface SliceTest {
  /** The mean loss of the rows of the slice, and of all others. */
  loss: number
  restLoss: number
  pValue: number
  /** For the number of slices that were tested. */
  adjustedPValue: number
}

/**
 * Whether a model is worse on some rows than on all others, for many choices of rows: Welch’s test of the mean loss, as
 * in Slice Finder (Chung et al. 2019), with p-values adjusted by Benjamini and Hochberg.
 */
export function testSlices(losses: Float64Array, slices: readonly Uint32Array[]): SliceTest[] {
  const tests = slices.map((rows) => {
    const isIn = new Uint8Array(losses.length)
    for (const row of rows) isIn[row] = 1
    const own = sumsOf(losses.filter((_, row) => isIn[row] === 1))
    const rest = sumsOf(losses.filter((_, row) => isIn[row] === 0))
    return { loss: own.mean, restLoss: rest.mean, pValue: welchTest(own, rest).pValue }
  })
  const adjusted = adjustForFalseDiscovery(tests.map(({ pValue }) => pValue))
  return tests.map((test, index) => Object.assign(test, { adjustedPValue: adjusted[index]! }))
}

function sumsOf(values: Float64Array): SampleSums {
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, count)
  return { count, mean, squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) }
}

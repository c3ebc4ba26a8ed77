import { missingBin, type BinnedMatrix } from './binned-matrix.ts'
import type { Split } from './find-split.ts'

/**
 * Reorders rows in place so that those which go left come first, each side in its former order, and returns how many
 * they are. `scratch` is at least as long as `rows`.
 */
export function partitionRows(options: {
  matrix: BinnedMatrix
  rows: Uint32Array
  split: Pick<Split, 'feature' | 'bin' | 'missingLeft'>
  scratch: Uint32Array
}): number {
  const { rows, scratch } = options
  const { feature, bin: lastLeft, missingLeft } = options.split
  const bins = options.matrix.columns[feature]!
  const firstLeft = missingLeft ? missingBin : missingBin + 1
  let left = 0
  let right = 0
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    const bin = bins[row]!
    const goesLeft = bin <= lastLeft && bin >= firstLeft ? 1 : 0
    rows[left] = row
    scratch[right] = row
    left += goesLeft
    right += 1 - goesLeft
  }
  rows.set(scratch.subarray(0, right), left)
  return left
}

import { sortFloats } from './sort-floats.ts'

/**
 * Cuts values into at most `bins` bins of about equal size; a frequent value gets a bin of its own, and where there
 * are few distinct values each does. Sorts the values, of which none is NaN, in place. A cut is a float32, about the
 * middle between its neighbours, so `value <= cut` means the same here and in the float32 graph.
 */
export function cutPointsOf(values: Float32Array<ArrayBuffer>, bins: number): Float32Array {
  sortFloats(values)
  const { starts, distinct } = runsOf(values)
  const cuts: number[] = []
  if (distinct <= bins) {
    for (let run = 1; run < distinct; run++)
      cuts.push(cutBetween(values[starts[run]! - 1]!, values[starts[run]!]!))
    return Float32Array.from(cuts)
  }
  let binStart = 0
  for (let run = 1; run < distinct && cuts.length < bins - 1; run++) {
    const start = starts[run]!
    const quota = (values.length - binStart) / (bins - cuts.length)
    const runLength = starts[run + 1]! - start
    if (start - binStart >= quota || runLength >= quota) {
      cuts.push(cutBetween(values[start - 1]!, values[start]!))
      binStart = start
    }
  }
  return Float32Array.from(cuts)
}

/** Where each run of equal values starts, and, last, where the values end. */
function runsOf(sorted: Float32Array): { starts: Uint32Array; distinct: number } {
  const starts = new Uint32Array(sorted.length + 1)
  let distinct = 0
  for (let index = 0; index < sorted.length; index++) {
    if (index === 0 || sorted[index] !== sorted[index - 1]) starts[distinct++] = index
  }
  starts[distinct] = sorted.length
  return { starts, distinct }
}

function cutBetween(below: number, above: number): number {
  const middle = below / 2 + above / 2
  if (!(middle > below && middle < above)) return below
  const rounded = Math.fround(middle)
  return rounded < above ? rounded : below
}

/** Different numbers, ascending, and how often each stands. Valid until the next ones are told apart. */
export interface DifferentNumbers {
  values: Float64Array
  counts: Uint32Array
}

let buffers: DifferentNumbers = { values: new Float64Array(0), counts: new Uint32Array(0) }

/** The runs of equal numbers of sorted ones. */
export function differentNumbers(sorted: Float64Array): DifferentNumbers {
  if (buffers.values.length < sorted.length)
    buffers = { values: new Float64Array(sorted.length), counts: new Uint32Array(sorted.length) }
  const { values, counts } = buffers
  let count = 0
  for (let start = 0, end = 1; end <= sorted.length; end++) {
    if (end < sorted.length && sorted[end] === sorted[start]) continue
    values[count] = sorted[start]!
    counts[count++] = end - start
    start = end
  }
  return { values: values.subarray(0, count), counts: counts.subarray(0, count) }
}

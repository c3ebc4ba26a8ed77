/**
 * The quantile of some values at a share (0…1), interpolated linearly between the two nearest: R's type 7, NumPy's
 * default, computed as NumPy does. NaN where there are no values. Reorders them.
 */
export function quantileOf(values: Float64Array, share: number): number {
  const position = (values.length - 1) * share
  return betweenNeighbours(neighboursAt(values, Math.floor(position)), position)
}

/** The value at a position between two places in ascending order, from the values there. */
export function betweenNeighbours([low, high]: readonly [number, number], position: number): number {
  const part = position - Math.floor(position)
  if (part === 0) return low
  return part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)
}

/** The middle value, or the mean of the two middle ones; NaN where there are none. Reorders the values. */
export function medianOf(values: Float64Array): number {
  const [low, high] = neighboursAt(values, Math.floor((values.length - 1) / 2))
  return values.length % 2 === 1 ? low : (low + high) / 2
}

/** The values at a place in ascending order, counted from 0, and at the next; infinite behind the last. Reorders them. */
export function neighboursAt(values: Float64Array, place: number): [number, number] {
  if (values.length === 0) return [Number.NaN, Number.NaN]
  select(values, place)
  let next = Number.POSITIVE_INFINITY
  for (let index = place + 1; index < values.length; index++) if (values[index]! < next) next = values[index]!
  return [values[place]!, next]
}

/**
 * Puts at a place what sorting would put there, smaller values before it and larger ones behind (Hoare's
 * quickselect). An unlucky order of the values costs time, not truth: after many rounds it sorts.
 */
function select(values: Float64Array, place: number): void {
  let from = 0
  let to = values.length - 1
  for (let round = 0; from < to; round++) {
    if (round > 60) {
      values.subarray(from, to + 1).sort()
      return
    }
    const pivot = middleOf(values[from]!, values[(from + to) >>> 1]!, values[to]!)
    let left = from
    let right = to
    while (left <= right) {
      while (values[left]! < pivot) left++
      while (values[right]! > pivot) right--
      if (left > right) break
      const held = values[left]!
      values[left++] = values[right]!
      values[right--] = held
    }
    if (place <= right) to = right
    else if (place >= left) from = left
    else return
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

/** Row-major points: `data` holds `rows` × `width` numbers. */
export interface Points {
  rows: number
  width: number
  data: Float32Array
}

/** Finds the center with the least squared distance from a row, the first of equal ones. */
export function nearestCenter(
  data: Float32Array,
  start: number,
  { centers, width }: { centers: Float64Array; width: number },
): { cluster: number; squared: number } {
  let cluster = 0
  let squared = Infinity
  for (let center = 0; center * width < centers.length; center++) {
    const distance = squaredDistance(data, start, { centers, width, center })
    if (distance < squared) {
      squared = distance
      cluster = center
    }
  }
  return { cluster, squared }
}

export function squaredDistance(
  data: Float32Array,
  start: number,
  { centers, width, center }: { centers: Float64Array; width: number; center: number },
): number {
  const first = center * width
  let sum = 0
  for (let feature = 0; feature < width; feature++) {
    const difference = data[start + feature]! - centers[first + feature]!
    sum += difference * difference
  }
  return sum
}

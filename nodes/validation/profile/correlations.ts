/**
 * Correlations of columns of equal length, symmetric, in their order; NaN is a missing value. Each pair is over the rows
 * that have both, as in pandas. Null where fewer than two rows do, or where a column is constant there.
 */
export interface Correlations {
  pearson: (number | null)[][]
  /** Of ranks; equal values share the mean of theirs. */
  spearman: (number | null)[][]
}

export function correlationsOf(columns: readonly Float64Array[]): Correlations {
  const orders = columns.map(ascendingOrder)
  const empty = (): (number | null)[][] => columns.map(() => columns.map(() => null))
  const result: Correlations = { pearson: empty(), spearman: empty() }
  for (let a = 0; a < columns.length; a++) {
    for (let b = a; b < columns.length; b++) {
      const rows = rowsWithBoth(columns[a]!, columns[b]!)
      const pearson = pearsonOf(columns[a]!, columns[b]!, rows)
      const ranks = [a, b].map((index) => ranksAmong(columns[index]!, orders[index]!, rows))
      const spearman = pearsonOf(ranks[0]!, ranks[1]!, rows)
      result.pearson[a]![b] = result.pearson[b]![a] = pearson
      result.spearman[a]![b] = result.spearman[b]![a] = spearman
    }
  }
  return result
}

function ascendingOrder(values: Float64Array): Uint32Array {
  const places = Uint32Array.from(values.keys()).filter((place) => !Number.isNaN(values[place]!))
  return places.sort((a, b) => values[a]! - values[b]! || a - b)
}

/** 1 for each row that has a value of both. */
function rowsWithBoth(a: Float64Array, b: Float64Array): Uint8Array {
  const rows = new Uint8Array(a.length)
  for (let row = 0; row < rows.length; row++)
    rows[row] = Number(!Number.isNaN(a[row]!) && !Number.isNaN(b[row]!))
  return rows
}

function ranksAmong(values: Float64Array, order: Uint32Array, rows: Uint8Array): Float64Array {
  const ranks = new Float64Array(values.length).fill(Number.NaN)
  const among = order.filter((place) => rows[place] === 1)
  for (let start = 0; start < among.length;) {
    let end = start + 1
    while (end < among.length && values[among[end]!] === values[among[start]!]) end++
    const rank = (start + 1 + end) / 2
    for (; start < end; start++) ranks[among[start]!] = rank
  }
  return ranks
}

/** Two passes: means first, then products of the differences from them. */
function pearsonOf(a: Float64Array, b: Float64Array, rows: Uint8Array): number | null {
  let [count, sumA, sumB] = [0, 0, 0]
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === 0) continue
    count++
    sumA += a[row]!
    sumB += b[row]!
  }
  const [meanA, meanB] = [sumA / count, sumB / count]
  let [squaresA, squaresB, products] = [0, 0, 0]
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === 0) continue
    const [fromA, fromB] = [a[row]! - meanA, b[row]! - meanB]
    squaresA += fromA * fromA
    squaresB += fromB * fromB
    products += fromA * fromB
  }
  const correlation = products / (Math.sqrt(squaresA) * Math.sqrt(squaresB))
  return Number.isFinite(correlation) ? Math.max(-1, Math.min(1, correlation)) : null
}

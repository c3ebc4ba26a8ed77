import { quantileOf } from './quantile.ts'

const bins = 10
/** A column with no more different numbers than this is taken as one of categories. */
const mostCategories = 32

/**
 * Mutual information of two columns, in nats: of the shares in which their values come together. Columns of many
 * different numbers are sorted into ten bins of equal count before, classes are not. NaN where there are no rows.
 */
export function mutualInformation(
  values: Float64Array,
  answers: Float64Array,
  { classes }: { classes: boolean },
): number {
  const rows = values.length
  if (rows === 0) return Number.NaN
  const left = codesOf(values)
  const right = classes ? codesByValue(answers) : codesOf(answers)
  const width = Math.max(...right) + 1
  const together = new Map<number, number>()
  const [ofLeft, ofRight] = [new Map<number, number>(), new Map<number, number>()]
  const count = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (let row = 0; row < rows; row++) {
    count(together, left[row]! * width + right[row]!)
    count(ofLeft, left[row]!)
    count(ofRight, right[row]!)
  }
  let information = 0
  for (const [key, both] of [...together].sort(([a], [b]) => a - b)) {
    const expected = (ofLeft.get(Math.floor(key / width))! * ofRight.get(key % width)!) / rows
    information += (both / rows) * Math.log(both / expected)
  }
  return Math.max(0, information)
}

function codesOf(values: Float64Array): Uint32Array {
  const different = new Set<number>()
  for (const value of values) if (different.add(value).size > mostCategories) return codesByBin(values)
  return codesByValue(values)
}

function codesByValue(values: Float64Array): Uint32Array {
  const codes = new Map<number, number>()
  return Uint32Array.from(values, (value) => {
    const code = codes.get(value) ?? codes.size
    codes.set(value, code)
    return code
  })
}

function codesByBin(values: Float64Array): Uint32Array {
  const sorted = Float64Array.from(values)
  const edges = Array.from({ length: bins - 1 }, (_, index) => quantileOf(sorted, (index + 1) / bins))
  return Uint32Array.from(values, (value) => edges.filter((edge) => value >= edge).length)
}

import { splitParts, type SplitPart } from '../core/columns.ts'
import { apportion, type ByPart, type SplitShares } from './apportion.ts'
import { codeValues } from './code-values.ts'
import { createRandom, shuffle } from './random.ts'
import { splitByGroup } from './split-by-group.ts'
import { splitByOrder } from './split-by-order.ts'
import { splitError } from './split-errors.ts'
import { stratify } from './stratify.ts'

/** All values of a column, as a model sees them: NaN and `''` are nulls. */
export type ColumnValues = Float64Array | readonly string[]

export type SplitMethod =
  /** Any row anywhere; sizes by largest remainder. */
  | { by: 'chance'; rows: number; shares: SplitShares; seed: number }
  /** Each class in the shares of the whole, to within a row. A null is a class. A class of one row is trained on. */
  | { by: 'class'; values: ColumnValues; shares: SplitShares; seed: number }
  /** Rows with equal values in one part; sizes as near to the shares as moving a single group can bring them. */
  | { by: 'group'; values: ColumnValues; shares: SplitShares; seed: number }
  /** The lowest values are train, the highest test; equal values stay together. Null: the order of the rows. */
  | { by: 'order'; values: ColumnValues | null; rows: number; shares: SplitShares }
  /** Each value means a part; values that are not named mean `otherwise`. */
  | {
      by: 'value'
      values: ColumnValues
      parts: Readonly<Record<string, SplitPart>>
      otherwise?: SplitPart
    }

/**
 * The part of each row: 0 train, 1 validation, 2 test. The same method, values and seed give the same parts, however
 * many threads there are. Never leaves train empty: that is an error of the area `split`, as is whatever else cannot
 * be done.
 */
export function splitRows(method: SplitMethod): Uint8Array {
  const parts = partsBy(method)
  if (parts.length === 0) throw splitError('no-rows')
  if (!parts.includes(0)) throw splitError('empty-train', { rows: parts.length })
  return parts
}

function partsBy(method: SplitMethod): Uint8Array {
  switch (method.by) {
    case 'chance':
      return splitByChance(method)
    case 'class':
      return splitByClass(method)
    case 'group': {
      const { codes, values } = codeValues(method.values)
      const random = createRandom(method.seed, 'split by group')
      return splitByGroup({ groups: codes, count: values.length, shares: byPart(method.shares), random })
    }
    case 'order':
      return splitByOrder({ values: method.values, rows: method.rows, shares: byPart(method.shares) })
    case 'value':
      return splitByValue(method)
  }
}

function splitByChance({
  rows,
  shares,
  seed,
}: {
  rows: number
  shares: SplitShares
  seed: number
}): Uint8Array {
  const parts = new Uint8Array(rows)
  const order = shuffle(rowNumbers(rows), createRandom(seed, 'split by chance'))
  assign(parts, order, apportion(rows, byPart(shares)))
  return parts
}

function splitByClass(method: { values: ColumnValues; shares: SplitShares; seed: number }): Uint8Array {
  const random = createRandom(method.seed, 'split by class')
  const { codes, values } = codeValues(method.values)
  const classes: number[][] = values.map(() => [])
  for (let row = 0; row < codes.length; row++) classes[codes[row]!]!.push(row)
  const divided = shuffle(rowNumbers(classes.length), random)
  const rowsOf = Array.from(divided, (code) => classes[code]!).filter((rows) => rows.length > 1)
  if (codes.length > 1 && rowsOf.length === 0) throw splitError('only-single-rows')
  const counts = stratify(
    rowsOf.map((rows) => rows.length),
    byPart(method.shares),
  )
  const parts = new Uint8Array(codes.length)
  for (const [index, rows] of rowsOf.entries()) assign(parts, shuffle(rows, random), counts[index]!)
  return parts
}

function splitByValue(method: Extract<SplitMethod, { by: 'value' }>): Uint8Array {
  const { codes, values } = codeValues(method.values)
  const partOfValue = values.map((value) => {
    const key = String(value)
    return Object.hasOwn(method.parts, key) ? method.parts[key] : method.otherwise
  })
  const unknown = values.filter((_, code) => partOfValue[code] === undefined)
  if (unknown.length > 0) {
    const named = unknown
      .slice(0, 10)
      .map((value) => (value === '' || Number.isNaN(value) ? 'no value' : String(value)))
    throw splitError('unknown-values', { values: unknown.length > 10 ? [...named, '…'] : named })
  }
  return Uint8Array.from(codes, (code) => splitParts.indexOf(partOfValue[code]!))
}

function assign(parts: Uint8Array, rows: ArrayLike<number>, [train, validation]: ByPart): void {
  for (let index = 0; index < rows.length; index++) {
    parts[rows[index]!] = index < train ? 0 : index < train + validation ? 1 : 2
  }
}

function byPart(shares: SplitShares): ByPart {
  const list = [shares.train, shares.validation, shares.test] as const
  const sum = list[0] + list[1] + list[2]
  if (list.some((share) => !(share >= 0)) || !(Math.abs(sum - 1) < 1e-9)) {
    throw splitError('shares', { shares: list.join(', ') })
  }
  return list
}

function rowNumbers(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row)
}

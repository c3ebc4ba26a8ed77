import { compareCodePoints } from '../../core/compare-code-points.ts'
import { codeValues } from '../../tables/code-values.ts'
import { createRandom, shuffle } from '../../tables/random.ts'
import type { ColumnValues } from '../../tables/split-rows.ts'
import { foldError } from './fold-errors.ts'

export type DealMethod =
  /** Any row anywhere. */
  | { by: 'chance'; rows: number; seed: number }
  /** Each class in equal numbers, to within a row. */
  | { by: 'class'; values: ColumnValues; seed: number }
  /** Rows with equal values in one block. */
  | { by: 'group'; values: ColumnValues; seed: number }
  /** The lowest values first, equal ones in one block. Null: the order of the rows. */
  | { by: 'order'; values: ColumnValues | null; rows: number }

/**
 * The block of each row, 0 … blocks − 1, in nearly equal numbers. The same method, values and seed give the same
 * blocks. Throws an error of the area `folds` where a block would be empty.
 */
export function dealBlocks(method: DealMethod, blocks: number): Uint16Array {
  const rows = 'rows' in method ? method.rows : method.values.length
  if (rows < blocks) throw foldError('too-few-rows', { rows, blocks })
  switch (method.by) {
    case 'chance':
      return dealInTurn([rowNumbers(rows)], { rows, blocks, seed: method.seed })
    case 'class': {
      const { codes, values } = codeValues(method.values)
      return dealInTurn(rowsByCode(codes, values.length), { rows, blocks, seed: method.seed })
    }
    case 'group':
      return dealGroups(method.values, { blocks, seed: method.seed })
    case 'order':
      return cutOrder(method.values ?? Float64Array.from(rowNumbers(rows)), blocks)
  }
}

/** The rows of each code, in order. */
function rowsByCode(codes: Uint32Array, count: number): Uint32Array[] {
  const sizes = new Uint32Array(count)
  for (const code of codes) sizes[code]!++
  const lists = Array.from(sizes, (size) => new Uint32Array(size))
  const filled = new Uint32Array(count)
  for (const [row, code] of codes.entries()) lists[code]![filled[code]!++] = row
  return lists
}

/** Deals the rows of each list in random order, going on with the next block where the list before ended. */
function dealInTurn(
  lists: readonly Uint32Array[],
  { rows, blocks, seed }: { rows: number; blocks: number; seed: number },
): Uint16Array {
  const random = createRandom(seed, 'folds')
  const dealt = new Uint16Array(rows)
  let turn = 0
  for (const list of lists) for (const row of shuffle(list, random)) dealt[row] = turn++ % blocks
  return dealt
}

/** The largest groups first, each into the block that has the fewest rows so far; equal ones in random order. */
function dealGroups(values: ColumnValues, { blocks, seed }: { blocks: number; seed: number }): Uint16Array {
  const { codes, values: groups } = codeValues(values)
  if (groups.length < blocks) throw foldError('too-few-groups', { groups: groups.length, blocks })
  const sizes = new Uint32Array(groups.length)
  for (const code of codes) sizes[code]!++
  const order = shuffle(rowNumbers(groups.length), createRandom(seed, 'folds by group'))
  const taken = new Float64Array(blocks)
  const blockOf = new Uint16Array(groups.length)
  for (const group of order.sort((a, b) => sizes[b]! - sizes[a]!)) {
    const block = taken.indexOf(Math.min(...taken))
    blockOf[group] = block
    taken[block] = taken[block]! + sizes[group]!
  }
  return Uint16Array.from(codes, (code) => blockOf[code]!)
}

/** Cuts the rows in order; those of equal value go where the middle of them belongs. */
function cutOrder(values: ColumnValues, blocks: number): Uint16Array {
  const rows = values.length
  let missing = 0
  for (const value of values) if (value === '' || Number.isNaN(value)) missing++
  if (missing > 0) throw foldError('no-order', { count: missing, rows })
  const order = rowNumbers(rows).sort((a, b) => compare(values[a]!, values[b]!) || a - b)
  const dealt = new Uint16Array(rows)
  const used = new Set<number>()
  for (let start = 0, end = 0; start < rows; start = end) {
    while (end < rows && values[order[end]!] === values[order[start]!]) end++
    const block = Math.floor(((start + end) * blocks) / (2 * rows))
    for (let at = start; at < end; at++) dealt[order[at]!] = block
    used.add(block)
  }
  if (used.size < blocks) throw foldError('too-few-times', { blocks })
  return dealt
}

const rowNumbers = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, row) => row)

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' ? a - (b as number) : compareCodePoints(a, b as string)
}

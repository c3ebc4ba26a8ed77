import { dealBlocks, type DealMethod } from './deal-blocks.ts'

/** What a row does in a fold. `unused`: it comes later in time than the rows that are held out. */
export type FoldPart = 'train' | 'validation' | 'held-out' | 'unused'

/** Rows in folds: in each of them some rows train and others, held out, say how good that was. */
export interface Folds {
  count: number
  partOf(fold: number, row: number): FoldPart
}

/**
 * Rows in folds, by a method. In order, fold f trains on the first f + 1 blocks and holds out the one that follows, so
 * that nothing is foretold from what came later; else every block is held out once, and all others train. With
 * `validates`, the block before the held-out one validates instead of training.
 */
export function makeFolds(
  method: DealMethod,
  { count, validates }: { count: number; validates: boolean },
): Folds {
  if (method.by === 'order') {
    const blocks = dealBlocks(method, count + (validates ? 2 : 1))
    const first = validates ? 2 : 1
    return { count, partOf: (fold, row) => partInOrder(blocks[row]! - fold - first, validates) }
  }
  const blocks = dealBlocks(method, count)
  return { count, partOf: (fold, row) => partInTurn((fold - blocks[row]! + count) % count, validates) }
}

/** By how many blocks a row is later than the one held out. */
function partInOrder(later: number, validates: boolean): FoldPart {
  if (later > 0) return 'unused'
  if (later === 0) return 'held-out'
  return validates && later === -1 ? 'validation' : 'train'
}

/** By how many blocks, around the circle, a row is before the one held out. */
function partInTurn(before: number, validates: boolean): FoldPart {
  if (before === 0) return 'held-out'
  return validates && before === 1 ? 'validation' : 'train'
}

import { createRandom, shuffle } from '../tables/random.ts'

/** How rows are dealt out for cross-fitting. */
export interface Folds {
  count: number
  seed: number
  /** The artifact of the rows that were dealt out, by whose indexes alone a row finds its fold again. */
  rows?: string
}

/*
 * A graph that is computed for the rows a recipe learned from has an input beside its start columns: the fold of each
 * row, or `count` for a row that was not learned from. The graph of a model has none.
 */
const mark = '\u0001folds'

/** The name of the column that says in which fold each row is. */
export function foldsColumn({ count, seed, rows = '' }: Folds): string {
  return [mark, count, seed, rows].join(' ')
}

/** The folds that a column of this name tells, if it is one. */
export function foldsOfColumn(name: string): Folds | undefined {
  if (!name.startsWith(`${mark} `)) return undefined
  const [, count, seed, rows] = name.split(' ')
  return { count: Number(count), seed: Number(seed), ...(rows && { rows }) }
}

/**
 * The fold of a stored row, by its index and the seed alone, so that it is the same whichever rows are read. Each run
 * of `count` rows has one in each fold, in random order.
 */
export function foldFinder({ count, seed }: Folds): (index: number) => number {
  let known = -1
  const order = new Uint8Array(count)
  return (index) => {
    const block = Math.floor(index / count)
    if (block !== known) {
      for (let fold = 0; fold < count; fold++) order[fold] = fold
      shuffle(order, createRandom(seed, `folds ${block}`))
      known = block
    }
    return order[index % count]!
  }
}

import { createRandom, shuffle } from '../../tables/random.ts'
import { withColumn, type HeldColumns } from './held-columns.ts'

/** How much worse a model gets without what a column tells. */
export interface PermutationImportance {
  column: string
  /** The mean over the repeats; may be below 0 by chance. */
  mean: number
  /** The standard deviation over the repeats (of the population, as in scikit-learn). */
  deviation: number
}

/**
 * Permutation importance (Breiman, Random Forests, 2001; Fisher, Rudin and Dominici 2019): each column in turn is put in
 * random order, and what the score of the model then loses is its importance. `score` is the better the higher. The
 * columns come in the order given, with outcomes that depend on the seed and their own name alone.
 */
export async function permutationImportance(options: {
  columns: HeldColumns
  names: readonly string[]
  rows: number
  repeats: number
  seed: number
  score: (columns: HeldColumns) => Promise<number>
  onColumn?: (done: number) => void
}): Promise<{ baseline: number; importances: PermutationImportance[] }> {
  const { columns, names, rows, repeats, seed, score } = options
  const baseline = await score(columns)
  const importances: PermutationImportance[] = []
  for (const [index, column] of names.entries()) {
    options.onColumn?.(index)
    const losses: number[] = []
    for (let repeat = 0; repeat < repeats; repeat++) {
      const random = createRandom(seed, `permutation importance ${column} ${repeat}`)
      const order = shuffle(
        Uint32Array.from({ length: rows }, (_, row) => row),
        random,
      )
      losses.push(baseline - (await score(withColumn(columns, column, reordered(columns[column]!, order)))))
    }
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / repeats
    const squares = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0)
    importances.push({ column, mean, deviation: Math.sqrt(squares / repeats) })
  }
  return { baseline, importances }
}

function reordered(values: HeldColumns[string], order: Uint32Array): HeldColumns[string] {
  return values instanceof Float64Array
    ? Float64Array.from(order, (row) => values[row]!)
    : Array.from(order, (row) => values[row]!)
}

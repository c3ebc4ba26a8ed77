import { createRandom, shuffle } from '../../tables/random.ts'
import type { HeldColumns } from './held-columns.ts'

/** Asks a model about rows: a number a row. */
export type AskRows = (columns: HeldColumns, rows: number) => Promise<ArrayLike<number>>

/**
 * Shapley values of any model, sampled (Štrumbelj and Kononenko 2014): in random order, columns of a row of the background
 * take the values of the explained row one after another, and what each changes is noted; every order is also walked
 * backwards, which evens out chance (Mitchell et al. 2022). `rounds`: how often each row of the background is taken.
 * Contributions, row-major rows × names, add up exactly: with `base`, the mean answer for the background, to the answer.
 * `errors` are the standard errors that sampling leaves.
 */
export async function sampledShapley(options: {
  columns: HeldColumns
  names: readonly string[]
  rows: number
  background: { columns: HeldColumns; rows: number }
  rounds: number
  seed: number
  ask: AskRows
  onRow?: (done: number) => void
}): Promise<{ base: number; contributions: Float64Array; errors: Float64Array }> {
  const { names, rows, background, rounds, seed, ask } = options
  const contributions = new Float64Array(rows * names.length)
  const errors = new Float64Array(rows * names.length)
  let base = Number.NaN
  for (let row = 0; row < rows; row++) {
    options.onRow?.(row)
    // The same orders for every row: rows that are alike are explained alike.
    const random = createRandom(seed, 'orders of columns')
    const walks = Array.from({ length: background.rows * rounds }, (_, walk) => ({
      from: walk % background.rows,
      order: shuffle(
        Uint32Array.from(names, (_, index) => index),
        random,
      ),
    })).flatMap(({ from, order }) => [
      { from, order },
      { from, order: order.toReversed() },
    ])
    const answers = await ask(stepsOf(walks, { ...options, row }), walks.length * (names.length + 1))
    const found = averageOf(walks, answers, names.length)
    contributions.set(found.means, row * names.length)
    errors.set(found.errors, row * names.length)
    base = found.base
  }
  return { base, contributions, errors }
}

interface Walk {
  /** The row of the background that it begins with. */
  from: number
  order: Uint32Array
}

/** The rows that walks come through: of each, first that of the background, last that which is explained. */
function stepsOf(
  walks: readonly Walk[],
  options: {
    row: number
    names: readonly string[]
    columns: HeldColumns
    background: { columns: HeldColumns }
  },
): HeldColumns {
  const { row, names, columns, background } = options
  const places = walks.map(({ order }) => {
    const place = new Uint32Array(names.length)
    for (const [index, name] of order.entries()) place[name] = index
    return place
  })
  return Object.fromEntries(
    names.map((name, index) => {
      const value = columns[name]![row]!
      const others = background.columns[name]!
      const steps = walks.flatMap(({ from }, walk) =>
        Array.from({ length: names.length + 1 }, (_, step) =>
          places[walk]![index]! < step ? value : others[from]!,
        ),
      )
      return [
        name,
        others instanceof Float64Array ? Float64Array.from(steps as number[]) : (steps as string[]),
      ]
    }),
  )
}

/** A walk and the same one backwards are one draw. */
function averageOf(
  walks: readonly Walk[],
  answers: ArrayLike<number>,
  width: number,
): { base: number; means: Float64Array; errors: Float64Array } {
  const draws = walks.length / 2
  const sums = new Float64Array(width)
  const squares = new Float64Array(width)
  let base = 0
  for (let draw = 0; draw < draws; draw++) {
    const moved = new Float64Array(width)
    for (const walk of [2 * draw, 2 * draw + 1]) {
      const first = walk * (width + 1)
      for (const [step, column] of walks[walk]!.order.entries())
        moved[column]! += (answers[first + step + 1]! - answers[first + step]!) / 2
    }
    base += answers[2 * draw * (width + 1)]! / draws
    for (let column = 0; column < width; column++) {
      sums[column]! += moved[column]!
      squares[column]! += moved[column]! ** 2
    }
  }
  const means = sums.map((sum) => sum / draws)
  const errors = squares.map((sum, column) =>
    Math.sqrt(Math.max(0, sum / draws - means[column]! ** 2) / Math.max(1, draws - 1)),
  )
  return { base, means, errors }
}

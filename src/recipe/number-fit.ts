import { CHUNK_ROWS } from '../tables/column-chunk.ts'
import { recipeError } from './errors.ts'
import type { Fit } from './transform.ts'

/** Takes the values of one column that are there, in row order. */
export interface NumberAccumulator<Outcome> {
  /** They are the accumulator's only during the call. */
  add(values: Float64Array): void
  /** At the end of the values: whether they have to come once more. */
  again?(): boolean
  finish(): Outcome
}

/**
 * Learns something of each of some numeric columns. Nulls are passed over; a column without any value, or with an
 * infinite one, gives nothing to learn.
 */
export function numberFit<Outcome>(
  columns: readonly string[],
  accumulatorFor: (column: string) => NumberAccumulator<Outcome>,
): Fit<Outcome[]> {
  const fits = columns.map((name) => ({ name, accumulator: accumulatorFor(name), values: 0 }))
  let scratch = new Float64Array(CHUNK_ROWS)
  let open = fits
  return {
    reads: columns,
    add(chunk) {
      if (chunk.rows > scratch.length) scratch = new Float64Array(chunk.rows)
      for (const fit of open) {
        const count = pickFinite(chunk.columns[fit.name] as Float64Array, scratch, () => {
          throw recipeError('infinite-value', { column: fit.name })
        })
        fit.accumulator.add(scratch.subarray(0, count))
        fit.values += count
      }
    },
    again() {
      open = open.filter(({ accumulator }) => accumulator.again?.())
      return open.length > 0
    },
    finish: () =>
      fits.map(({ name, accumulator, values }) => {
        if (values === 0) throw recipeError('no-values', { column: name })
        return accumulator.finish()
      }),
  }
}

/** Copies the values that are there, and says how many there are. */
function pickFinite(values: Float64Array, target: Float64Array, onInfinite: () => never): number {
  let count = 0
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    // Of a number that is finite, and of no other, this is 0.
    if (value - value === 0) target[count++] = value
    else if (!Number.isNaN(value)) onInfinite()
  }
  return count
}

import { recipeError } from './errors.ts'
import type { Fit } from './transform.ts'

/** Takes the values of one column that are there, in row order. */
export interface NumberAccumulator<Outcome> {
  add(value: number): void
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
  return {
    reads: columns,
    add(chunk) {
      for (const fit of fits) {
        for (const value of chunk.columns[fit.name] as Float64Array) {
          if (Number.isNaN(value)) continue
          if (!Number.isFinite(value)) throw recipeError('infinite-value', { column: fit.name })
          fit.accumulator.add(value)
          fit.values++
        }
      }
    },
    finish: () =>
      fits.map(({ name, accumulator, values }) => {
        if (values === 0) throw recipeError('no-values', { column: name })
        return accumulator.finish()
      }),
  }
}

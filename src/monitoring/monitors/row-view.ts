import type { ColumnType } from '../../core/columns.ts'
import type { ColumnValues } from '../../stats/prepared-column.ts'

/** Classes by name (`''` for none), or numbers (NaN for none). */
export type AnswerValues = Float64Array | readonly string[]

/** Rows with what a model answered, whether they were logged or are of its training table. */
export interface RowView {
  rows: number
  /** NaN and `''` for no value. */
  columns: ReadonlyMap<string, { type: ColumnType; values: ColumnValues }>
  /** Null where the model gives neither classes nor numbers. */
  answers: AnswerValues | null
  /** Rows × classes. */
  probabilities: Float64Array | null
}

/** Some of the rows, by their places. */
export function someRows(view: RowView, places: readonly number[]): RowView {
  const width = view.rows === 0 ? 0 : (view.probabilities?.length ?? 0) / view.rows
  return {
    rows: places.length,
    columns: new Map(
      [...view.columns].map(([name, { type, values }]) => [name, { type, values: pick(values, places) }]),
    ),
    answers: view.answers && pick(view.answers, places),
    probabilities:
      view.probabilities &&
      Float64Array.from(
        { length: places.length * width },
        (_, at) => view.probabilities![places[Math.floor(at / width)]! * width + (at % width)]!,
      ),
  }
}

export function pick(values: AnswerValues, places: readonly number[]): Float64Array | string[] {
  return values instanceof Float64Array
    ? Float64Array.from(places, (place) => values[place]!)
    : places.map((place) => values[place]!)
}

export const isGap = (value: number | string): boolean => value === '' || Number.isNaN(value)

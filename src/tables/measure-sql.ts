import { numberSql, valueSql, type Relation } from './relation.ts'

/** What is said of many rows in one value. Only `count` can do without a column. */
export interface Measure {
  function: MeasureFunction
  column?: string | undefined
  /** Of a quantile, between 0 and 1. */
  quantile: number
}

export type MeasureFunction =
  | 'count'
  | 'distinct'
  | 'sum'
  | 'mean'
  | 'min'
  | 'max'
  | 'median'
  | 'quantile'
  | 'stdev'
  | 'first'
  | 'last'
  | 'mode'
  | 'modes'

/**
 * A measure as a DuckDB aggregate over rows of a relation. On one thread it adds in the order of the rows, so the digits are
 * the same everywhere; on more, DuckDB adds as it comes. Missing values, NaN and (where it calculates) infinities do not
 * count; where nothing counts it is null, a count 0. The standard deviation is that of a sample (Welford), infinite where a
 * value is beyond 1e150; a quantile lies between the values beside it (linear, type 7 of Hyndman and Fan, 1996). `when` is a
 * condition on the rows that count.
 */
export function measureSql(relation: Relation, measure: Measure, when?: string): string {
  const { column } = measure
  const among = (sql: string): string => (when === undefined ? sql : `(CASE WHEN ${when} THEN ${sql} END)`)
  if (column === undefined) return `count(${among('true')})`
  const value = among(valueSql(relation, column))
  const number = (): string => among(numberSql(relation, column))
  const place = `${relation.view}.place`
  switch (measure.function) {
    case 'count':
      return `count(${value})`
    case 'distinct':
      return `count(DISTINCT ${value})`
    case 'sum':
      return `sum(${number()})`
    case 'mean':
      return `sum(${number()}) / nullif(count(${number()}), 0)`
    case 'min':
    case 'max':
      return `${measure.function}(${value})`
    case 'median':
      return `quantile_cont(${number()}, 0.5)`
    case 'quantile':
      return `quantile_cont(${number()}, ${measure.quantile})`
    case 'stdev':
      return standardDeviation(number())
    case 'first':
      return `arg_min(${value}, ${place})`
    case 'last':
      return `arg_max(${value}, ${place})`
    case 'mode':
      return `${modes(value)}[1]`
    case 'modes':
      return `array_to_string(list_transform(${modes(value)}, lambda v: v::VARCHAR), ', ')`
  }
}

/** DuckDB refuses to give an infinite deviation, so it does not see what would make one. */
function standardDeviation(value: string): string {
  const bounded = `(CASE WHEN abs(${value}) < 1e150 THEN ${value} END)`
  return `CASE WHEN max(abs(${value})) >= 1e150 THEN 'inf'::DOUBLE ELSE stddev_samp(${bounded}) END`
}

/** The most frequent values, in ascending order. */
function modes(value: string): string {
  const counted = `{'entries': map_entries(histogram(${value})), 'most': list_max(map_values(histogram(${value})))}`
  return `list_transform([${counted}], lambda h: list_sort(list_transform(
    list_filter(h.entries, lambda e: e.value = h.most), lambda e: e.key)))[1]`
}

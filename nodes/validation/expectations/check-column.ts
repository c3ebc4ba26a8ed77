import type { Column } from '../../../src/core/columns.ts'
import type { Check } from './check.ts'
import type { Expectation } from './expectation.ts'
import { valueSql } from './value-sql.ts'

export type ColumnExpectation = Extract<Expectation, { strict_min: boolean; severity: string }> &
  Exclude<Expectation, { mostly: number }>
export type QuantileExpectation = Extract<Expectation, { quantile_ranges: unknown }>

/** Sums a column up in one number, which should lie between two. */
export function checkColumn(expectation: ColumnExpectation, column: Column): Check {
  return {
    aggregates: [summarySql(expectation.expectation, `(${valueSql(column)})`)],
    addsNumbers: addsNumbers.has(expectation.expectation),
    conclude: ([observed = null]) => ({
      success: observed !== null && liesBetween(observed, expectation),
      result: { observed_value: jsonNumber(observed) },
    }),
  }
}

const addsNumbers: ReadonlySet<ColumnExpectation['expectation']> = new Set([
  'expect_column_mean_to_be_between',
  'expect_column_stdev_to_be_between',
  'expect_column_sum_to_be_between',
])

function summarySql(name: ColumnExpectation['expectation'], value: string): string {
  switch (name) {
    case 'expect_column_mean_to_be_between':
      return `avg(${value})`
    case 'expect_column_min_to_be_between':
      return `min(${value})`
    case 'expect_column_max_to_be_between':
      return `max(${value})`
    case 'expect_column_median_to_be_between':
      return `median(${value})`
    case 'expect_column_stdev_to_be_between':
      return `stddev_samp(${value})`
    case 'expect_column_sum_to_be_between':
      return `sum(${value})`
    case 'expect_column_unique_value_count_to_be_between':
      return `count(DISTINCT ${value})`
    case 'expect_column_proportion_of_unique_values_to_be_between':
      return `count(DISTINCT ${value}) / nullif(count(${value}), 0)`
    case 'expect_column_proportion_of_non_null_values_to_be_between':
      return `count(${value}) / nullif(count(*), 0)`
  }
}

/** Quantiles are values of the column: the smallest that at least this share of the values do not exceed. */
export function checkQuantiles(
  { quantile_ranges: { quantiles, value_ranges } }: QuantileExpectation,
  column: Column,
): Check {
  return {
    aggregates: quantiles.map((quantile) => `quantile_disc((${valueSql(column)}), ${quantile})`),
    conclude(values) {
      const details = values.map((value, index) => {
        const [low, high] = value_ranges[index]!
        return value !== null && (low === null || value >= low) && (high === null || value <= high)
      })
      return {
        success: details.every(Boolean),
        result: {
          observed_value: { quantiles, values: values.map(jsonNumber) },
          details: { success_details: details },
        },
      }
    },
  }
}

export function liesBetween(
  value: number,
  bounds: {
    min_value?: number | undefined
    max_value?: number | undefined
    strict_min?: boolean
    strict_max?: boolean
  },
): boolean {
  const { min_value: low, max_value: high, strict_min, strict_max } = bounds
  const aboveLow = low === undefined || (strict_min ? value > low : value >= low)
  return aboveLow && (high === undefined || (strict_max ? value < high : value <= high))
}

const jsonNumber = (value: number | null): number | string | null =>
  value === null || Number.isFinite(value) ? value : String(value)

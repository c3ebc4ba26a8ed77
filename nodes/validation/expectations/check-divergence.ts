import type { Column } from '../../../src/core/columns.ts'
import type { Check } from './check.ts'
import type { Expectation } from './expectation.ts'
import { literalSql, valueSql } from './value-sql.ts'

export type DivergenceExpectation = Extract<Expectation, { partition_object: unknown }>

/**
 * The Kullback–Leibler divergence of the values that are there from a reference, in nats, as scipy.stats.entropy gives it:
 * infinite where there is a value that the reference does not expect.
 */
export function checkDivergence(
  { partition_object: reference, threshold }: DivergenceExpectation,
  column: Column,
): Check {
  const value = `(${valueSql(column)})`
  const isInPart =
    'bins' in reference ? inBins(reference.bins, value) : inValues(reference.values, column, value)
  return {
    aggregates: [`count(${value})`, ...isInPart.map((sql) => `count(*) FILTER (${sql})`)],
    conclude([total, ...counts]) {
      if (total === 0) return { success: false, result: { observed_value: null } }
      const observed = counts.map((count) => count! / total!)
      const weight = reference.weights.reduce((sum, each) => sum + each, 0)
      const expected = reference.weights.map((each) => each / weight)
      const isBeside = counts.reduce<number>((sum, count) => sum + count!, 0) < total!
      const divergence = isBeside
        ? Infinity
        : observed.reduce((sum, share, index) => sum + term(share, expected[index]!), 0)
      return {
        success: divergence <= threshold,
        result: {
          observed_value: Number.isFinite(divergence) ? divergence : String(divergence),
          details: { observed_weights: observed, expected_weights: expected },
        },
      }
    },
  }
}

const term = (observed: number, expected: number): number =>
  observed === 0 ? 0 : observed * Math.log(observed / expected)

function inValues(values: readonly (string | number | boolean)[], column: Column, value: string): string[] {
  return values.map((given) => {
    const literal = literalSql(given, column)
    return literal === undefined ? 'false' : `${value} = ${literal}`
  })
}

/** Each bin contains its lower edge, the last one its upper edge too. */
function inBins(bins: readonly number[], value: string): string[] {
  return bins.slice(1).map((high, index) => {
    const below = index === bins.length - 2 ? '<=' : '<'
    return `${value} >= ${bins[index]!}::DOUBLE AND ${value} ${below} ${high}::DOUBLE`
  })
}

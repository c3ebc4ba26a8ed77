import type { Column } from '../../../src/core/columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectationOutcome } from './outcome.ts'
import { literalSql, valueSql } from './value-sql.ts'

export type DivergenceExpectation = Extract<Expectation, { partition_object: unknown }>

/**
 * The Kullback–Leibler divergence of the values that are there from a reference, in nats, as scipy.stats.entropy gives it:
 * infinite where there is a value that the reference does not expect.
 */
export async function checkDivergence(
  database: DuckDb,
  { partition_object: reference, threshold }: DivergenceExpectation,
  { rows, column }: { rows: string; column: Column },
): Promise<ExpectationOutcome> {
  const isInPart = 'bins' in reference ? inBins(reference.bins) : inValues(reference.values, column)
  const counts = isInPart.map((sql, index) => `(count(*) FILTER (${sql}))::DOUBLE AS n${index}`)
  const [found] = await database.rows<Record<string, number>>(
    `SELECT ${['count(*)::DOUBLE AS n', ...counts].join(', ')}
     FROM (SELECT (${valueSql(column)}) AS v FROM (${rows})) WHERE v IS NOT NULL`,
  )
  const total = found!['n']!
  const observed = isInPart.map((_, index) => found![`n${index}`]!)
  if (total === 0) return { success: false, result: { observed_value: null } }
  const weight = reference.weights.reduce((sum, each) => sum + each, 0)
  const expected = reference.weights.map((each) => each / weight)
  const isBeside = observed.reduce((sum, count) => sum + count, 0) < total
  const divergence = isBeside
    ? Infinity
    : observed.reduce((sum, count, index) => sum + term(count / total, expected[index]!), 0)
  return {
    success: divergence <= threshold,
    result: {
      observed_value: Number.isFinite(divergence) ? divergence : String(divergence),
      details: { observed_weights: observed.map((count) => count / total), expected_weights: expected },
    },
  }
}

const term = (observed: number, expected: number): number =>
  observed === 0 ? 0 : observed * Math.log(observed / expected)

function inValues(values: readonly (string | number | boolean)[], column: Column): string[] {
  return values.map((value) => {
    const literal = literalSql(value, column)
    return literal === undefined ? 'false' : `v = ${literal}`
  })
}

/** Each bin contains its lower edge, the last one its upper edge too. */
function inBins(bins: readonly number[]): string[] {
  return bins.slice(1).map((high, index) => {
    const below = index === bins.length - 2 ? '<=' : '<'
    return `v >= ${bins[index]!}::DOUBLE AND v ${below} ${high}::DOUBLE`
  })
}

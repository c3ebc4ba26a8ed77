import type { Column } from '../../../src/core/columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import type { Check } from './check.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectationOutcome, Json } from './outcome.ts'
import { literalSql, shownSql, valueSql } from './value-sql.ts'

export type SetExpectation = Exclude<
  Extract<Expectation, { column: string; value_set: unknown }>,
  { mostly: number }
>

const SHOWN = 20

/** Holds the different values of a column, or the most frequent of them, against a set. */
export function checkDistinctValues(expectation: SetExpectation, column: Column): Check {
  return {
    aggregates: [],
    conclude: (_, { database, rows }) => compareWithSet(database, expectation, { rows: rows.all, column }),
  }
}

async function compareWithSet(
  database: DuckDb,
  expectation: SetExpectation,
  { rows, column }: { rows: string; column: Column },
): Promise<ExpectationOutcome> {
  const literals = expectation.value_set.map((value) => literalSql(value, column))
  const given = literals.flatMap((literal) => (literal === undefined ? [] : [`(${literal})`]))
  const isInSet = given.length === 0 ? 'false' : `v IN (${given.join(', ')})`
  const counted = `SELECT v, count(*) AS n, ${isInSet} AS is_in_set
    FROM (SELECT (${valueSql(column)}) AS v FROM (${rows})) WHERE v IS NOT NULL GROUP BY v`
  const shown = shownSql(column, 'v')
  if (expectation.expectation === 'expect_column_most_common_value_to_be_in_set') {
    const most = await database.rows<{ value: Json; is_in_set: boolean }>(
      `WITH counted AS (${counted}) SELECT ${shown} AS value, is_in_set FROM counted
       WHERE n = (SELECT max(n) FROM counted) ORDER BY v LIMIT ${SHOWN + 1}`,
    )
    const isTie = most.length > 1
    const success = most.some((each) => each.is_in_set) && (expectation.ties_okay || !isTie)
    return { success, result: { observed_value: most.slice(0, SHOWN).map(({ value }) => textOf(value)) } }
  }
  const observed = await database.rows<{ value: Json }>(
    `SELECT ${shown} AS value FROM (${counted}) ORDER BY v LIMIT ${SHOWN}`,
  )
  const [found] = await database.rows<{ inside: number; outside: number }>(
    `SELECT (count(*) FILTER (is_in_set))::DOUBLE AS inside, (count(*) FILTER (NOT is_in_set))::DOUBLE AS outside
     FROM (${counted})`,
  )
  const wanted = new Set(literals)
  const containsAll = !wanted.has(undefined) && found!.inside === wanted.size
  return {
    success: isMet(expectation.expectation, { containsAll, hasOthers: found!.outside > 0 }),
    result: {
      observed_value: observed.map(({ value }) => textOf(value)),
      details: { distinct_count: found!.inside + found!.outside, unexpected_count: found!.outside },
    },
  }
}

function isMet(
  name: Exclude<SetExpectation['expectation'], 'expect_column_most_common_value_to_be_in_set'>,
  { containsAll, hasOthers }: { containsAll: boolean; hasOthers: boolean },
): boolean {
  switch (name) {
    case 'expect_column_distinct_values_to_be_in_set':
      return !hasOthers
    case 'expect_column_distinct_values_to_contain_set':
      return containsAll
    case 'expect_column_distinct_values_to_equal_set':
      return containsAll && !hasOthers
  }
}

// JSON has no infinities.
const textOf = (value: Json): Json =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

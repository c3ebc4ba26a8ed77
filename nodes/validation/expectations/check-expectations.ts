import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { checkOf, type KnownTable } from './check-of.ts'
import type { Aggregate, Check } from './check.ts'
import type { Expectation } from './expectation.ts'
import type { ExpectationOutcome } from './outcome.ts'
import { rowsToLookAt, type RowsToLookAt } from './rows-to-look-at.ts'

export interface CheckedTable extends KnownTable {
  /** A query for all stored and computed columns that any expectation looks at. */
  rows: string
  /** The same with their places, where these need not be counted. */
  placedRows?: string | undefined
}

/**
 * Holds expectations against a table, and gives what came of each. What can be computed together is, in one pass over
 * the rows for each condition on them.
 */
export async function checkExpectations(
  context: Pick<RunContext, 'progress'>,
  database: DuckDb,
  { expectations, table }: { expectations: readonly Expectation[]; table: CheckedTable },
): Promise<ExpectationOutcome[]> {
  const checks = expectations.map((expectation) => ({ expectation, check: checkOf(expectation, table) }))
  const passes = Map.groupBy(checks, ({ expectation }) => rowConditionOf(expectation))
  const outcomes = new Map<Check, ExpectationOutcome>()
  for (const pass of passes.values()) {
    const rows = rowsToLookAt(pass[0]!.expectation, table)
    const together = pass.map(({ check }) => check)
    const found = await aggregatesOf(database, rows, together)
    for (const check of together) {
      context.progress({ share: outcomes.size / checks.length })
      outcomes.set(check, await check.conclude(found.get(check)!, { database, rows }))
    }
  }
  return checks.map(({ check }) => outcomes.get(check)!)
}

/**
 * How many threads may look at a table: where numbers are added, one, for on more DuckDB adds in another order, and the
 * report is to be the same bytes.
 */
export function threadsFor(
  { threads }: Pick<RunContext, 'threads'>,
  { expectations, table }: { expectations: readonly Expectation[]; table: KnownTable },
): number {
  return expectations.some((expectation) => checkOf(expectation, table).addsNumbers) ? 1 : threads
}

const rowConditionOf = (expectation: Expectation): string | undefined =>
  'row_condition' in expectation ? expectation.row_condition : undefined

/** The aggregates of each check, all computed in one pass. */
async function aggregatesOf(
  database: DuckDb,
  rows: RowsToLookAt,
  checks: readonly Check[],
): Promise<Map<Check, Aggregate[]>> {
  const different = [...new Set(checks.flatMap(({ aggregates }) => aggregates))]
  const values = different.map((sql, index) => `(${sql})::DOUBLE AS a${index}`)
  const [row] =
    values.length === 0
      ? []
      : await database.rows<Record<string, Aggregate>>(`SELECT ${values.join(', ')} FROM (${rows.all})`)
  const valueOf = new Map(different.map((sql, index) => [sql, row?.[`a${index}`] ?? null]))
  return new Map(checks.map((check) => [check, check.aggregates.map((sql) => valueOf.get(sql) ?? null)]))
}

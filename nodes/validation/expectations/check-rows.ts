import type { Column } from '../../../src/core/columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import type { ExpectationOutcome, Json } from './outcome.ts'
import type { RowExpectation } from './row-check.ts'
import { rowCheckOf } from './row-check-of.ts'
import { placeColumn } from './rows-to-look-at.ts'
import { shownSql } from './value-sql.ts'

const SHOWN = 20

/** Looks at every row; the result has the form of Great Expectations’ map expectations. */
export async function checkRows(
  database: DuckDb,
  expectation: RowExpectation,
  table: { rows: string; columns: readonly Column[] },
): Promise<ExpectationOutcome> {
  const check = rowCheckOf(expectation, table)
  const values = check.columns.map((column, index) => `${shownSql(column)} AS v${index}`)
  const checked = `(
    SELECT ${[`${placeColumn} AS place`, ...values].join(', ')},
      (${check.missing}) AS is_missing, (${check.unexpected}) AS is_unexpected
    FROM (${table.rows})
  )`
  const [counts] = await database.rows<{ elements: number; missing: number; unexpected: number }>(
    `SELECT count(*)::DOUBLE AS elements, (count(*) FILTER (is_missing))::DOUBLE AS missing,
      (count(*) FILTER (is_unexpected AND NOT is_missing))::DOUBLE AS unexpected FROM ${checked}`,
  )
  const shown = await database.rows<Record<string, Json>>(
    `SELECT * EXCLUDE (is_missing, is_unexpected) REPLACE (place::DOUBLE AS place) FROM ${checked}
     WHERE is_unexpected AND NOT is_missing ORDER BY place LIMIT ${SHOWN}`,
  )
  return { success: isMet(counts!, expectation.mostly), result: resultOf(check.columns, counts!, shown) }
}

interface Counts {
  elements: number
  missing: number
  unexpected: number
}

function isMet({ elements, missing, unexpected }: Counts, mostly: number): boolean {
  const looked = elements - missing
  return looked === 0 || (looked - unexpected) / looked >= mostly
}

function resultOf(
  columns: readonly Column[],
  counts: Counts,
  shown: readonly Record<string, Json>[],
): Record<string, Json> {
  const { elements, missing, unexpected } = counts
  const single = columns.length === 1
  return {
    element_count: elements,
    missing_count: missing,
    missing_percent: percent(missing, elements),
    unexpected_count: unexpected,
    unexpected_percent: percent(unexpected, elements - missing),
    unexpected_percent_total: percent(unexpected, elements),
    partial_unexpected_list: shown.map((row) =>
      single
        ? shownValue(row['v0']!)
        : Object.fromEntries(columns.map(({ name }, index) => [name, shownValue(row[`v${index}`]!)])),
    ),
    partial_unexpected_index_list: shown.map((row) => row['place']!),
  }
}

const percent = (part: number, whole: number): number | null => (whole === 0 ? null : (part / whole) * 100)

// JSON has no infinities.
const shownValue = (value: Json): Json =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value

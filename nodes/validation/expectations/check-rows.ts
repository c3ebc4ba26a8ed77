import type { Column } from '../../../src/core/columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { findRepeatedRows } from '../../../src/tables/find-repeated-rows.ts'
import type { Check } from './check.ts'
import type { Json } from './outcome.ts'
import type { RowCheck, RowExpectation } from './row-check.ts'
import { rowCheckOf } from './row-check-of.ts'
import { placeColumn, type RowsToLookAt } from './rows-to-look-at.ts'
import { shownSql } from './value-sql.ts'

const SHOWN = 20
/** Of more, every row is looked at instead. */
const MOST_SUSPECTS = 100_000

/** Looks at every row; the result has the form of Great Expectations’ map expectations. */
export function checkRows(expectation: RowExpectation, table: { columns: readonly Column[] }): Check {
  const check = rowCheckOf(expectation, table)
  const { missing, unexpected, dependsOn } = check
  const { counts = countsOf({ missing, unexpected }) } = check
  return {
    aggregates: ['count(*)', counts.missing, ...(dependsOn === 'row' ? [counts.unexpected] : [])],
    addsNumbers: dependsOn === 'rows',
    async conclude([elements, missing, unexpectedRows], { database, rows }) {
      const known = { elements: elements!, missing: missing! }
      const suspects = await suspectRows(database, check, { rows, ...known })
      const unexpected =
        unexpectedRows ?? (suspects === null ? 0 : await countUnexpected(database, check, suspects))
      const counts = { ...known, unexpected }
      const shown = suspects && counts.unexpected > 0 ? await firstUnexpected(database, check, suspects) : []
      return { success: isMet(counts, expectation.mostly), result: resultOf(check.columns, counts, shown) }
    },
  }
}

const countsOf = ({ missing, unexpected }: Pick<RowCheck, 'missing' | 'unexpected'>) => ({
  missing: `count(*) FILTER (${missing})`,
  unexpected: `count(*) FILTER ((${unexpected}) AND NOT (${missing}))`,
})

/** A query for the rows that may be unexpected, with their places; null where there are none. */
async function suspectRows(
  database: DuckDb,
  { dependsOn, missing }: RowCheck,
  looked: { rows: RowsToLookAt; elements: number; missing: number },
): Promise<string | null> {
  const { rows } = looked
  if (typeof dependsOn === 'string') return rows.placed
  const values = dependsOn.equalValues
  const from = `(${rows.all})${looked.missing === 0 ? '' : ` WHERE NOT (${missing})`}`
  const count = looked.elements - looked.missing
  const found = await findRepeatedRows(database, { from, values, rows: count, most: MOST_SUSPECTS })
  if (found === 'none') return null
  if (found === 'many') return rows.placed
  // Looked at twice, and few.
  await database.run(
    `CREATE OR REPLACE TEMP TABLE suspects AS SELECT * FROM (${rows.placed}) WHERE ${found.condition}`,
  )
  return 'SELECT * FROM suspects'
}

async function countUnexpected(database: DuckDb, check: RowCheck, suspects: string): Promise<number> {
  const [found] = await database.rows<{ unexpected: number }>(
    `SELECT count(*)::DOUBLE AS unexpected FROM (${unexpectedRows(check, suspects)})`,
  )
  return found!.unexpected
}

function firstUnexpected(
  database: DuckDb,
  check: RowCheck,
  suspects: string,
): Promise<Record<string, Json>[]> {
  const found = unexpectedRows(check, suspects)
  // Rows that are looked at one by one come in their order, and no more need be looked at than are shown.
  const first = check.dependsOn === 'row' ? `SELECT * FROM (${found}) LIMIT ${SHOWN}` : found
  return database.rows<Record<string, Json>>(
    `SELECT * REPLACE (place::DOUBLE AS place) FROM (${first}) ORDER BY place LIMIT ${SHOWN}`,
  )
}

function unexpectedRows({ columns, missing, unexpected }: RowCheck, suspects: string): string {
  const values = columns.map((column, index) => `${shownSql(column)} AS v${index}`)
  return `SELECT * EXCLUDE (is_unexpected) FROM (
    SELECT ${[`${placeColumn} AS place`, ...values].join(', ')},
      (${unexpected}) AND NOT (${missing}) AS is_unexpected
    FROM (${suspects})
  ) WHERE is_unexpected`
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

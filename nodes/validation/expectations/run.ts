import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column } from '../../../src/core/columns.ts'
import { columnsOfExpression } from '../../../src/core/expression/typed-expression.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { canBeSliced, numberedRows, rowsFolder } from '../../../src/tables/rows-relation.ts'
import { isStorable, visibleRows } from '../../visible-rows.ts'
import { writeReport } from '../../write-report.ts'
import { formatProblem, patternProblem } from '../pattern-problem.ts'
import { checkExpectations, threadsFor, type CheckedTable } from './check-expectations.ts'
import { conditionOf } from './columns-check.ts'
import { expectations } from './definition.ts'
import { columnsOf, conditionsOf, patternsOf, type Expectation } from './expectation.ts'
import { noteFreedomOfNaN } from './note-freedom-of-nan.ts'
import type { ExpectationOutcome, Json } from './outcome.ts'
import { placeName } from './rows-to-look-at.ts'
import type { ColumnToCheck } from './value-sql.ts'
import { whatWasFound } from './what-was-found.ts'

type Context = ContextOf<typeof expectations>

interface Checked extends ExpectationOutcome {
  expectation: Expectation
}

export const run = defineRun(expectations, async ({ table, other }, params, context) => {
  const known = {
    count: table.data.rows.count,
    otherCount: other?.data.rows.count,
    columns: table.data.columns,
  }
  const database = await openDuckDb(
    { ...context, threads: threadsFor(context, { ...params, table: known }) },
    { folders: [rowsFolder(context, table.data)] },
  )
  try {
    await refuseBadPatterns(database, params.expectations, context)
    await refuseBadFormats(database, params.expectations, context)
    const rows = await rowsToCheck(context, database, { table: table.data, ...params })
    const outcomes = await checkExpectations(context, database, { ...params, table: { ...known, ...rows } })
    const checked = params.expectations.map((expectation, index) => ({ expectation, ...outcomes[index]! }))
    return { table, report: await conclude(context, checked) }
  } finally {
    database.close()
  }
})

async function conclude(context: Context, checked: readonly Checked[]): Promise<Artifact<'report'>> {
  const report = await writeReport(context, {
    type: 'expectations',
    metrics: statisticsOf(checked),
    content: {
      success: checked.every(({ success }) => success),
      statistics: statisticsOf(checked),
      results: checked.map(resultOf),
    },
  })
  const unmet = checked.filter(({ success }) => !success)
  for (const { expectation } of unmet.filter((each) => each.expectation.severity === 'warning')) {
    context.log('warning', 'An expectation is not met: {phrase}', { phrase: phraseOf(expectation) })
  }
  const errors = unmet.filter(({ expectation }) => expectation.severity === 'error')
  if (errors.length === 0) return report
  const [unmetFirst] = errors as [Checked, ...Checked[]]
  const param = `expectations.${checked.indexOf(unmetFirst)}`
  const first = phraseOf(unmetFirst.expectation) + whatWasFound(unmetFirst)
  const values = { count: errors.length, total: checked.length, first, node: context.node }
  return context.fail('unmet', values, { param, outputs: { report } })
}

async function rowsToCheck(
  context: RunContext,
  database: DuckDb,
  { table, expectations }: { table: TableData; expectations: readonly Expectation[] },
): Promise<Pick<CheckedTable, 'rows' | 'placedRows'> & { columns: readonly ColumnToCheck[] }> {
  const names = new Set(expectations.flatMap((each) => namesIn(each, table)))
  const looked = [...names].map((name) => columnNamed(table, name)!).filter(isStorable)
  const rows = await visibleRows(context, database, { table, columns: looked, name: 'computed' })
  const noted = await noteFreedomOfNaN(database, { rows, columns: looked })
  const columns = table.columns.map((column) => columnNamed({ columns: noted }, column.name) ?? column)
  return { rows, placedRows: placedRows(context, table, looked), columns }
}

/** Stored rows know their places, and are not put in order to be counted. */
function placedRows(context: RunContext, table: TableData, columns: readonly Column[]): string | undefined {
  const areStored = columns.length > 0 && columns.every(({ origin }) => origin === 'start')
  if (!areStored || !canBeSliced(table)) return undefined
  return numberedRows(context, table, { columns: columns.map(({ name }) => name), number: placeName })
}

function namesIn(expectation: Expectation, { columns }: TableData): string[] {
  const inConditions = conditionsOf(expectation).flatMap(({ text }) =>
    columnsOfExpression(conditionOf(text, columns)),
  )
  return [...columnsOf(expectation).map(({ name }) => name), ...inConditions]
}

async function refuseBadPatterns(
  database: DuckDb,
  expectations: readonly Expectation[],
  context: Context,
): Promise<void> {
  for (const [index, expectation] of expectations.entries()) {
    for (const { pattern, param } of patternsOf(expectation)) {
      const problem = await patternProblem(database, pattern, context.signal)
      if (!problem) continue
      const { reason, cause } = problem
      const at = { param: `expectations.${index}.${param}`, cause }
      context.fail('bad-pattern', { pattern, reason }, at)
    }
  }
}

async function refuseBadFormats(
  database: DuckDb,
  expectations: readonly Expectation[],
  context: Context,
): Promise<void> {
  for (const [index, expectation] of expectations.entries()) {
    if (!('strftime_format' in expectation)) continue
    const { strftime_format: format } = expectation
    const problem = await formatProblem(database, format, context.signal)
    if (!problem) continue
    const { reason, cause } = problem
    const at = { param: `expectations.${index}.strftime_format`, cause }
    context.fail('bad-format', { format, reason }, at)
  }
}

function statisticsOf(checked: readonly Checked[]): Record<string, number> {
  const successful = checked.filter(({ success }) => success).length
  return {
    evaluated_expectations: checked.length,
    successful_expectations: successful,
    unsuccessful_expectations: checked.length - successful,
    success_percent: checked.length === 0 ? 100 : (successful / checked.length) * 100,
  }
}

function resultOf({ expectation: { expectation, severity, ...kwargs }, success, result }: Checked): Json {
  return {
    success,
    severity,
    expectation_config: { type: expectation, kwargs: withoutUndefined(kwargs) },
    result,
  }
}

const withoutUndefined = (fields: Readonly<Record<string, Json | undefined>>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )

/** “expect column values to be unique: customer”. */
function phraseOf(expectation: Expectation): string {
  const names = columnsOf(expectation).map(({ name }) => `“${name}”`)
  const words = expectation.expectation.replaceAll('_', ' ')
  return names.length === 0 ? words : `${words}: ${names.join(', ')}`
}

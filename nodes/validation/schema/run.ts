import type { Artifact } from '../../../src/core/artifacts.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { rowsFolder } from '../../../src/tables/rows-relation.ts'
import { isStorable, visibleRows } from '../../visible-rows.ts'
import { writeReport } from '../../write-report.ts'
import { checkExpectations, type CheckedTable } from '../expectations/check-expectations.ts'
import type { Json } from '../expectations/outcome.ts'
import { whatWasFound } from '../expectations/what-was-found.ts'
import { patternProblem } from '../pattern-problem.ts'
import { constraintChecks, wholePattern } from './constraint-checks.ts'
import { schemaNode } from './definition.ts'
import { inferSchema } from './infer-schema.ts'
import { structureProblems } from './structure-problems.ts'
import type { TableSchema } from './table-schema.ts'

type Context = ContextOf<typeof schemaNode>

/** A type and note are those of a Frictionless report. */
interface Problem {
  type: string
  fields: string[]
  note: string
}

export const run = defineRun(schemaNode, async ({ table }, params, context) => {
  // One thread: the report is to be the same bytes.
  const database = await openDuckDb(
    { ...context, threads: 1 },
    { folders: [rowsFolder(context, table.data)] },
  )
  try {
    const { columns } = table.data
    const stored = columns.filter(isStorable)
    const rows =
      stored.length === 0
        ? ''
        : await visibleRows(context, database, { table: table.data, columns: stored, name: 'computed' })
    const checked = { rows, count: table.data.rows.count, columns }
    const { schema } = params
    if (schema) await refuseBadPatterns(database, schema, context)
    const outcome = schema ? await checkSchema(database, schema, { table: checked, context }) : nothingChecked
    const inferred = params.infer ? await inferSchema(database, { rows, columns }) : null
    const { results, problems } = outcome
    const report = await writeReport(context, {
      type: 'schema',
      metrics: { checks: results.length, problems: problems.length },
      content: {
        success: problems.length === 0,
        errors: problems.map((problem) => ({ ...problem })),
        checks: results,
        schema: schema as Json,
        inferred: inferred as Json,
      },
    })
    conclude(context, { problems, report, severity: params.severity })
    return { table, report }
  } finally {
    database.close()
  }
})

const nothingChecked: { results: Json[]; problems: Problem[] } = { results: [], problems: [] }

async function checkSchema(
  database: DuckDb,
  schema: TableSchema,
  { table, context }: { table: CheckedTable; context: Context },
): Promise<{ results: Json[]; problems: Problem[] }> {
  const structure = structureProblems(schema, table.columns)
  const problems: Problem[] = structure.map(({ type, field, note }) => ({ type, fields: [field], note }))
  const results: Json[] = []
  const checks = constraintChecks(schema, table.columns)
  const expectations = checks.map(({ expectation }) => expectation)
  const outcomes = await checkExpectations(context, database, { expectations, table })
  for (const [index, { type, fields, constraint }] of checks.entries()) {
    const outcome = outcomes[index]!
    results.push({ fields: [...fields], constraint, ...outcome })
    if (outcome.success) continue
    const names = fields.map((name) => `“${name}”`).join(', ')
    const note = `“${constraint}” of ${names} should hold${whatWasFound(outcome)}.`
    problems.push({ type, fields: [...fields], note })
  }
  return { results, problems }
}

async function refuseBadPatterns(database: DuckDb, schema: TableSchema, context: Context): Promise<void> {
  for (const [index, { name, constraints }] of schema.fields.entries()) {
    const pattern = constraints?.pattern
    if (pattern === undefined) continue
    const problem = await patternProblem(database, wholePattern(pattern), context.signal)
    if (!problem) continue
    const { reason, cause } = problem
    const param = `schema.fields.${index}.constraints.pattern`
    context.fail('bad-pattern', { pattern, field: name, reason }, { param, cause })
  }
}

function conclude(
  context: Context,
  outcome: { problems: readonly Problem[]; report: Artifact<'report'>; severity: 'error' | 'warning' },
): void {
  const { problems, report, severity } = outcome
  if (problems.length === 0) return
  if (severity === 'warning') {
    for (const { note } of problems)
      context.log('warning', 'The table does not fit its schema: {note}', { note })
    return
  }
  const values = { count: problems.length, first: problems[0]!.note, node: context.node }
  context.fail('misfit', values, { param: 'schema', outputs: { report } })
}

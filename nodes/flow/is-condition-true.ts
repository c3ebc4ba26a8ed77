import type { Artifact, TableData } from '../../src/core/artifacts.ts'
import { evaluateExpression } from '../../src/core/expression/evaluate-expression.ts'
import type { ExpressionValue } from '../../src/core/expression/typed-expression.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { shapeOfTable } from '../../src/node-kit/shape-of-artifact.ts'
import { measureSql } from '../../src/tables/measure-sql.ts'
import { loadRelation, withTables } from '../features/load-relation.ts'
import { readCondition, type Asked } from './condition.ts'
import type { Metric } from './metrics.ts'

/** Answers a condition; one that has no value, as the mean of no rows, counts as false and says so. */
export async function isConditionTrue(
  condition: string,
  given: {
    table: Artifact<'table'> | null
    metrics: ReadonlyMap<string, Metric>
    context: RunContext<'bad-condition'>
  },
): Promise<boolean> {
  const { table, metrics, context } = given
  const shape = table && shapeOfTable(table.data)
  const read = readCondition(condition, { table: shape, metrics: [...metrics.keys()] })
  if ('problem' in read) {
    const { message: problem, remedy: hint } = read.problem
    return context.fail('bad-condition', { problem, hint }, { param: 'condition' })
  }
  const row: Record<string, ExpressionValue> = Object.fromEntries(
    read.metrics.map((name) => [name, metricNamed(name, metrics, context)]),
  )
  if (table) {
    Object.assign(row, { rows: table.data.rows.count, columns: table.data.columns.length })
    Object.assign(row, await answers(context, table.data, read.asked))
  }
  const answer = evaluateExpression(read.expression, row)
  if (answer === null)
    context.log(
      'warning',
      'The condition has no value, since something that it asks for has none: it counts as false.',
    )
  return answer === true
}

function metricNamed(
  name: string,
  metrics: ReadonlyMap<string, Metric>,
  context: RunContext<'bad-condition'>,
): number {
  const { value, nodes } = metrics.get(name)!
  if (nodes.length > 1) {
    const problem = `The metric “${name}” stands in the reports of ${nodes.map((node) => `“${node}”`).join(', ')}.`
    const hint = `Say whose is meant, as in “"${nodes[0]}.${name}"”.`
    context.fail('bad-condition', { problem, hint }, { param: 'condition' })
  }
  return value
}

/** What is asked of the columns, in one look at the rows. On one thread, for equal digits everywhere. */
async function answers(
  context: RunContext,
  table: TableData,
  asked: readonly Asked[],
): Promise<Record<string, ExpressionValue>> {
  if (asked.length === 0) return {}
  return withTables({ ...context, threads: 1 }, [table], async (database) => {
    const names = [...new Set(asked.map(({ column }) => column))]
    const relation = await loadRelation(context, database, { table, view: 'input', names })
    const measures = asked.map(({ function: name, column }, index) => {
      const counted = measureSql(relation, { function: 'count', column, quantile: 0 })
      const sql =
        name === 'null_share'
          ? `1 - ${counted} / nullif(count(*), 0)`
          : measureSql(relation, { function: name, column, quantile: 0 })
      return `(${sql}) AS a${index}`
    })
    const [row] = await database.rows(`SELECT ${measures.join(', ')} FROM ${relation.view}`)
    return Object.fromEntries(asked.map(({ name }, index) => [name, asValue(row![`a${index}`])]))
  })
}

function asValue(value: unknown): ExpressionValue {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.getTime()
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : null
}

import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import { evaluateExpression } from '../../../src/core/expression/evaluate-expression.ts'
import type { ExpressionValue } from '../../../src/core/expression/typed-expression.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { shapeOfArtifact } from '../../../src/node-kit/shape-of-artifact.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { measureSql } from '../../../src/tables/measure-sql.ts'
import { loadRelation, withTables } from '../../features/load-relation.ts'
import { readCondition, type Asked } from '../condition.ts'
import { branch } from './definition.ts'

type Context = ContextOf<typeof branch>

export const run = defineRun(branch, async ({ table, model, reports }, { condition }, context) => {
  const metrics = metricsOf(reports, context)
  const shape = table ? shapeOfArtifact(table) : null
  const read = readCondition(condition, {
    table: shape?.kind === 'table' ? shape : null,
    metrics: [...metrics.keys()],
  })
  if ('problem' in read) {
    const { message: problem, remedy: hint } = read.problem
    return context.fail('bad-condition', { problem, hint }, { param: 'condition' })
  }
  const { expression, asked, metrics: named } = read
  const row: Record<string, ExpressionValue> = Object.fromEntries(
    named.map((name) => [name, metricNamed(name, metrics, context)]),
  )
  if (table) {
    Object.assign(row, { rows: table.data.rows.count, columns: table.data.columns.length })
    Object.assign(row, await answers(context, table.data, asked))
  }
  const answer = evaluateExpression(expression, row)
  if (answer === null)
    context.log(
      'warning',
      'The condition has no value, since something that it asks for has none: it counts as false.',
    )
  const way = answer === true ? 'then' : 'otherwise'
  context.log('info', `took “${way}”`)
  return {
    ...(table && { [way]: table }),
    ...(model && { [`${way}Model`]: model }),
  }
})

interface Metric {
  value: number
  /** The nodes whose reports have it. */
  nodes: readonly string[]
}

/** Every metric by its name, and by its name behind that of the node that it comes from. */
function metricsOf(reports: readonly Artifact<'report'>[], { feeds }: Context): Map<string, Metric> {
  const metrics = new Map<string, Metric>()
  for (const [index, report] of reports.entries()) {
    const node = feeds['reports']?.[index] ?? ''
    for (const [name, value] of Object.entries(report.data.metrics)) {
      metrics.set(name, { value, nodes: [...(metrics.get(name)?.nodes ?? []), node] })
      metrics.set(`${node}.${name}`, { value, nodes: [node] })
    }
  }
  return metrics
}

function metricNamed(name: string, metrics: ReadonlyMap<string, Metric>, context: Context): number {
  const { value, nodes } = metrics.get(name)!
  if (nodes.length > 1)
    context.fail(
      'ambiguous-metric',
      { metric: name, nodes, example: `${nodes[0]}.${name}` },
      { param: 'condition' },
    )
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

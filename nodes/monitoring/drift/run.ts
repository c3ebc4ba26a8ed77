import type { Column } from '../../../src/core/columns.ts'
import type { ComparedColumn } from '../../../src/core/drift-content.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { ColumnPair } from '../../../src/stats/column-pair.ts'
import { compareColumns } from '../../../src/stats/compare-columns.ts'
import { driftReport } from '../../../src/stats/drift-report.ts'
import { defaultDriftSettings, type DriftSettings } from '../../../src/stats/drift-settings.ts'
import { writeReport } from '../../write-report.ts'
import { suits } from './column-findings.ts'
import { drift } from './definition.ts'
import type { DriftParams } from './params.ts'
import { openReference, type Reference } from './open-reference.ts'
import { readSide, type Room } from './read-side.ts'
import { tellRowsApart } from './tell-rows-apart.ts'

type Context = ContextOf<typeof drift>

export const run = defineRun(drift, async (inputs, params, context) => {
  const current = inputs.current.data
  const reference = await openReference(context, inputs, params)
  const { columns } = reference
  // One column at a time, so that a wide table is not held whole.
  async function* pairs(room: Room): AsyncIterable<ColumnPair> {
    for (const [index, column] of columns.entries()) {
      context.progress({ share: index / columns.length, note: `“${column.name}”` })
      yield {
        column,
        reference: await reference.read(column, room),
        current: await readSide(context, current, { column, rows: params.currentRows, room }),
      }
    }
  }
  const settings = settingsFor(reference, params)
  const compared = await compareColumns(pairs, { settings, threads: context.threads })
  const classifier =
    params.together && reference.table
      ? await tellRowsApart(context, {
          reference: reference.table,
          current,
          columns: tellingColumns(columns, compared),
          params,
        })
      : null
  const { data, verdict } = driftReport(compared, { ...params, ...(classifier && { classifier }) })
  const report = await writeReport(context, data)
  const drifted = verdict.columns.filter((column) => column.drifted)
  const values = {
    count: drifted.length,
    total: verdict.columns.length,
    columns: drifted.map(({ column }) => column),
    node: context.node,
  }
  tell(context, { hasDrifted: verdict.drifted, values, severity: params.severity, report })
  return { report }
})

/** Without those that give rows away of themselves: times, which move on, and what names rows. */
function tellingColumns(columns: readonly Column[], compared: readonly ComparedColumn[]): Column[] {
  const naming = new Set(compared.flatMap(({ column, namesRows }) => (namesRows ? [column] : [])))
  return columns.filter(({ name, type }) => type !== 'date' && type !== 'datetime' && !naming.has(name))
}

/** Methods that do not suit the type of a column, as a model’s may be, are left to be chosen. */
function settingsFor({ columns }: Reference, params: DriftParams): DriftSettings {
  const typeOf = new Map(columns.map((column) => [column.name, column]))
  const byColumn = params.overrides.flatMap(({ column: name, method, limit }) => {
    const column = typeOf.get(name)
    if (!column) return []
    const own = {
      ...(method !== 'auto' && suits(column, method) && { method }),
      ...(limit !== null && { limit }),
    }
    return [[name, own] as const]
  })
  const { mostChance } = defaultDriftSettings
  return { ...params, mostChance, byColumn: Object.fromEntries(byColumn) }
}

function tell(
  context: Context,
  told: {
    hasDrifted: boolean
    values: { count: number; total: number; columns: string[]; node: string }
    severity: DriftParams['severity']
    report: Awaited<ReturnType<typeof writeReport>>
  },
): void {
  const { hasDrifted, values, severity, report } = told
  if (severity === 'report' || values.count === 0) return
  if (hasDrifted && severity === 'error') context.fail('drifted', values, { outputs: { report } })
  // Single columns are told of too: one that matters is enough.
  if (hasDrifted) context.log('warning', '{count} of {total} columns have drifted: {columns}', values)
  else context.log('info', '{count} of {total} columns drifted, the table as a whole not: {columns}', values)
}

import { isNumeric, type Column } from '../../../src/core/columns.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { TableData } from '../../../src/core/artifacts.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { createRandom } from '../../../src/tables/random.ts'
import type { Relation } from '../../../src/tables/relation.ts'
import { TableSketcher } from '../../../src/tables/sketch.ts'
import type { Sketch } from '../../../src/core/sketch-schema.ts'
import { loadRelation, withTables } from '../../features/load-relation.ts'
import { isStorable } from '../../visible-rows.ts'
import { writeReport } from '../../write-report.ts'
import type { Json } from '../expectations/outcome.ts'
import { correlationsOf, type Correlations } from './correlations.ts'
import { profile, type ProfileParams } from './definition.ts'
import { columnFacts, missingPatterns, repeatedRows } from './exact-facts.ts'
import { RowSample } from './row-sample.ts'
import { suspicionsOf, type ProfiledColumn } from './suspicious-columns.ts'
import { associationWithTarget, isOfClasses, separationOfClasses } from './target-association.ts'

const mostCorrelated = 60

export const run = defineRun(profile, async ({ table: { data } }, params, context) => {
  const rows = data.rows.count
  const { sketch, correlations } = await readOnce(context, data, params)
  // One thread: the report is to be the same bytes.
  const facts = await withTables({ ...context, threads: 1 }, [data], async (database) => {
    const relation = await loadRelation(context, database, { table: data, view: 'profiled' })
    if (relation.columns.length === 0) return nothing
    const columns = await profileColumns(context, database, { relation, correlations })
    const missing = await missingPatterns(database, relation)
    return { columns, missing, repeated: await repeatedRows(database, relation) }
  })
  const suspicious = facts.columns.flatMap((each) => suspicionsOf(each, { rows, ...params }))
  for (const { note } of suspicious) context.log('info', '{note}', { note })
  const cells = rows * facts.columns.length
  const missingCells = facts.columns.reduce((sum, each) => sum + each.facts.missing, 0)
  return {
    report: await writeReport(context, {
      type: 'profile',
      metrics: {
        rows,
        columns: data.columns.length,
        duplicate_rows: facts.repeated,
        complete_rows: facts.missing.completeRows,
        missing_share: cells === 0 ? 0 : missingCells / cells,
        suspicious_columns: new Set(suspicious.map(({ column }) => column)).size,
      },
      content: {
        rows,
        columns: facts.columns.map((each, index) => contentOf(each, sketch.columns[index]!)),
        leftOut: data.columns.filter((column) => !isStorable(column)).map(({ name }) => name),
        duplicates: { rows: facts.repeated, share: rows === 0 ? 0 : facts.repeated / rows },
        missing: facts.missing,
        correlations: correlations as Json,
        suspicious: suspicious as unknown as Json,
      },
    }),
  }
})

const nothing = { columns: [], missing: { completeRows: 0, patterns: [], count: 0 }, repeated: 0 }

type Correlated = Correlations & { columns: string[]; rows: number }

/** What one pass over the rows gives. */
async function readOnce(
  context: RunContext,
  table: TableData,
  params: ProfileParams,
): Promise<{ sketch: Sketch; correlations: Correlated | null }> {
  const columns = table.columns.filter(isStorable)
  const names = params.correlations ? correlatedNames(columns) : []
  const sketcher = new TableSketcher(columns)
  const sample = new RowSample(names, {
    rows: table.rows.count,
    size: params.correlatedRows,
    random: createRandom(context.seed, 'profile'),
  })
  const chunks = readColumns(context, table, { columns: columns.map(({ name }) => name), rows: 'all' })
  for await (const chunk of columns.length === 0 ? [] : chunks) {
    sketcher.add(chunk)
    sample.add(chunk)
    context.progress({ share: (chunk.firstRow + chunk.rows) / table.rows.count, note: 'reading' })
  }
  context.signal.throwIfAborted()
  const drawn = [...sample.columns.values()]
  const correlations =
    names.length < 2 ? null : { columns: names, rows: drawn[0]!.length, ...correlationsOf(drawn) }
  return { sketch: sketcher.finish(), correlations }
}

/** The first numeric columns, the target among them. */
function correlatedNames(columns: readonly Column[]): string[] {
  const numeric = columns.filter(({ type, role }) => isNumeric(type) && role !== 'id' && role !== 'ignore')
  const first = numeric.slice(0, mostCorrelated)
  const target = numeric.find(({ role }) => role === 'target')
  const chosen = !target || first.includes(target) ? first : [...first.slice(0, -1), target]
  return chosen.map(({ name }) => name)
}

async function profileColumns(
  context: RunContext,
  database: DuckDb,
  { relation, correlations }: { relation: Relation; correlations: Correlated | null },
): Promise<ProfiledColumn[]> {
  const profiled: ProfiledColumn[] = []
  for (const column of relation.columns) {
    context.progress({ share: profiled.length / relation.columns.length, note: column.name })
    const facts = await columnFacts(database, relation, column.name)
    profiled.push({ column, facts, explainsTarget: null })
  }
  const target = profiled.find(({ column }) => column.role === 'target')
  if (!target || target.facts.distinct < 2) return profiled
  const named = ({ column, facts }: ProfiledColumn) => ({ name: column.name, distinct: facts.distinct })
  const isRanked = !isOfClasses(relation, named(target))
  for (const each of profiled) {
    if (each.column.role !== 'feature') continue
    const pair = { feature: named(each), target: named(target) }
    const byGroups = await associationWithTarget(database, relation, pair)
    const byRank = isRanked
      ? rankCorrelation(correlations, pair.feature.name, pair.target.name)
      : await separationOfClasses(database, relation, pair)
    each.explainsTarget =
      byGroups === null && byRank === null ? null : Math.max(byGroups ?? 0, Math.abs(byRank ?? 0))
  }
  return profiled
}

function rankCorrelation(correlations: Correlated | null, a: string, b: string): number | null {
  const { columns = [], spearman = [] } = correlations ?? {}
  return spearman[columns.indexOf(a)]?.[columns.indexOf(b)] ?? null
}

function contentOf(
  { column, facts, explainsTarget }: ProfiledColumn,
  sketch: Sketch['columns'][number],
): Json {
  const { name, type, role } = column
  return { name, type, role, ...facts, explainsTarget, sketch }
}

import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { pickRows } from '../../../src/tables/pick-rows.ts'
import { readPositions } from '../../../src/tables/read-positions.ts'
import { storedSql, type Relation } from '../../../src/tables/relation.ts'
import { writeRelation, type OutcomeColumn } from '../../../src/tables/write-relation.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { loadRelation, withTables } from '../load-relation.ts'
import { startColumnOf } from '../start-column-of.ts'
import { join } from './definition.ts'
import { joinedColumns, keepsRecipe, keysOf, rightKey, type JoinedColumn } from './joined-columns.ts'
import { countMatches, matchSql } from './match-rows.ts'
import type { JoinParams } from './params.ts'

type Context = ContextOf<typeof join>

export const run = defineRun(join, async ({ left, right }, params, context) =>
  withTables(context, [left.data, right.data], async (database) => {
    const pair = await loadPair(context, database, { left: left.data, right: right.data, params })
    await refuseTooMany(context, database, pair)
    const without = async (side: Relation, other: Relation): Promise<Artifact<'table'>> =>
      picked(context, database, { side, other, kind: 'ANTI', pair })
    const table = keepsRecipe(params)
      ? await picked(context, database, {
          side: pair.left,
          other: pair.right,
          kind: params.kind === 'semi' ? 'SEMI' : 'ANTI',
          pair,
        })
      : await writeTableArtifact(context, await joined(context, database, pair))
    return {
      table,
      unmatchedLeft: await without(pair.left, pair.right),
      unmatchedRight: await without(pair.right, pair.left),
    }
  }),
)

interface Pair {
  left: Relation
  right: Relation
  params: JoinParams
}

async function loadPair(
  context: Context,
  database: DuckDb,
  { left, right, params }: { left: TableData; right: TableData; params: JoinParams },
): Promise<Pair> {
  const onlyKeys = keepsRecipe(params)
  const keys = keysOf(params)
  return {
    left: await loadRelation(context, database, {
      table: left,
      view: 'l',
      ...(onlyKeys && { names: keys.map((key) => key.left) }),
    }),
    right: await loadRelation(context, database, {
      table: right,
      view: 'r',
      ...(onlyKeys && { names: keys.map(rightKey) }),
    }),
    params,
  }
}

async function refuseTooMany(context: Context, database: DuckDb, pair: Pair): Promise<void> {
  const { params } = pair
  if (keepsRecipe(params)) return
  const matches = await countMatches(database, pair)
  const limit = params.maximumRows
  if (matches.rows > limit) context.fail('too-many-rows', { rows: matches.rows, limit }, { param: 'keys' })
  if (matches.repeatedKeys === 0) return
  context.log(
    'warning',
    '{keys} keys stand in several rows of both tables; they make {made} of the {rows} rows that match.',
    { keys: matches.repeatedKeys, made: matches.repeatedRows, rows: matches.rows },
  )
}

async function joined(context: Context, database: DuckDb, pair: Pair): Promise<TableData> {
  const { left, right, params } = pair
  await refuseDifferentSplits(context, database, pair)
  const columns = joinedColumns(left.table, right.table, params)
  const values = columns.map((column) => joinedSql(pair, column))
  const isSplit = left.table.split !== null
  const part = isSplit ? ['coalesce(l.part, r.part)'] : []
  const query = `SELECT ${[...values, ...part].join(', ')} FROM ${joinSql(pair)} ORDER BY l.place NULLS LAST, r.place`
  const outcome = columns.map((column) => outcomeColumn(pair, column, context.node))
  return writeRelation(context, { database, query, columns: outcome, isSplit })
}

function joinSql(pair: Pair): string {
  const { kind } = pair.params
  if (kind === 'cross') return 'l CROSS JOIN r'
  return `l ${kind.toUpperCase()} JOIN r ON ${matchSql(pair)}`
}

function joinedSql({ left, right }: Pair, column: JoinedColumn): string {
  const sides = [
    ...(column.left ? [storedSql(left, column.left.name)] : []),
    ...(column.right ? [storedSql(right, column.right.name)] : []),
  ]
  return sides.length === 1 ? sides[0]! : `coalesce(${sides.join(', ')})`
}

/** A column of one table keeps where it comes from; a key is that of the left table. */
function outcomeColumn({ left, right }: Pair, column: JoinedColumn, node: string): OutcomeColumn {
  const { name, type, role } = column.column
  const start = column.left
    ? startColumnOf(left.table, column.left.name, node)
    : startColumnOf(right.table, column.right!.name, node)
  return { start: { ...start, name, type: type as typeof start.type }, role }
}

async function refuseDifferentSplits(context: Context, database: DuckDb, pair: Pair): Promise<void> {
  const { left, right, params } = pair
  if (!left.table.split || !right.table.split) return
  const on = params.kind === 'cross' ? 'true' : matchSql(pair)
  const [found] = await database.rows<{ count: number }>(
    `SELECT count(*)::DOUBLE AS count FROM l JOIN r ON ${on} WHERE l.part <> r.part`,
  )
  if (found!.count > 0) context.fail('different-splits', { count: found!.count })
}

async function picked(
  context: Context,
  database: DuckDb,
  wanted: { side: Relation; other: Relation; kind: 'SEMI' | 'ANTI'; pair: Pair },
): Promise<Artifact<'table'>> {
  const { side, other, kind, pair } = wanted
  const positions =
    pair.params.kind === 'cross'
      ? new Uint32Array()
      : await readPositions(
          database,
          `SELECT ${side.view}.place FROM ${side.view} ${kind} JOIN ${other.view} ON ${matchSql(pair)} ORDER BY 1`,
        )
  return writeTableArtifact(context, await pickRows(context, side.table, positions))
}

import type { Artifact, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column } from '../../../src/core/columns.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { shapeOfModel } from '../../../src/node-kit/shape-of-artifact.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import type { ChunkToStore } from '../../../src/tables/append-chunk.ts'
import { loadChunks } from '../../../src/tables/load-chunks.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { rowsFolder } from '../../../src/tables/rows-relation.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { isStorable, visibleRows } from '../../visible-rows.ts'
import { keptColumns, predict, predictionColumns, type PredictParams } from './definition.ts'
import { predictionsOf } from './predictions.ts'

type Context = ContextOf<typeof predict>

export const run = defineRun(
  predict,
  async ({ model: connected, table: { data: table } }, params, context) => {
    const model = connected ?? (await context.models.resolve(params.model))
    const columns = [...keptColumns(table, params), ...predictionColumns(shapeOfModel(model))]
    const startColumns = columns.map((column) => startColumn(table, column, context.node))
    const rows = await writePredictions(context, { model, table, startColumns, params })
    const data: TableData = {
      rows: { artifact: rows.hash, count: rows.data.count },
      startColumns,
      recipe: [],
      columns,
      split: params.rows === 'all' ? table.split : null,
    }
    return { table: await writeTableArtifact(context, data) }
  },
)

/** A kept stored column is still read by the rule of its source; all others start here. */
function startColumn(table: TableData, { name, type }: Column, node: string): StartColumn {
  const stored = table.startColumns.find((column) => column.name === name)
  const isStored = columnNamed(table, name)?.origin === 'start'
  return stored && isStored ? stored : { name, type: type as StartColumn['type'], source: node }
}

async function writePredictions(
  context: Context,
  work: {
    model: Artifact<'model'>
    table: TableData
    startColumns: readonly StartColumn[]
    params: PredictParams
  },
): Promise<Artifact<'rows'>> {
  const { model, table, startColumns, params } = work
  const answers = predictionColumns(shapeOfModel(model)).filter(isStorable)
  const names = new Set(keptColumns(table, params).map(({ name }) => name))
  const kept = table.columns.filter(isStorable).filter(({ name }) => names.has(name))
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)], threads: 1 })
  try {
    const predictions = await loadChunks(context, database, {
      table: 'predictions',
      columns: answers,
      chunks: predictedChunks(context, work),
    })
    const { rows } = params
    const from =
      kept.length === 0
        ? predictions
        : `SELECT * FROM (${await visibleRows(context, database, { table, columns: kept, name: 'kept', rows })})
           POSITIONAL JOIN (${predictions})`
    return await writeRows(context, { database, from, startColumns })
  } finally {
    database.close()
  }
}

async function* predictedChunks(
  context: Context,
  { model, table, params: { rows } }: { model: Artifact<'model'>; table: TableData; params: PredictParams },
): AsyncIterable<ChunkToStore> {
  const total = rows === 'all' ? table.rows.count : (table.split?.counts[rows] ?? 0)
  for await (const scored of scoreModel(context, model, table, { rows })) {
    const done = scored.firstRow + scored.rows
    context.progress({ share: done / Math.max(1, total), rows: done })
    yield { rows: scored.rows, columns: predictionsOf(model.data, scored) }
  }
}

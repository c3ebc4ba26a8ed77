import type { Artifact, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column } from '../../../src/core/columns.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { shapeOfModel } from '../../../src/node-kit/shape-of-artifact.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import type { ChunkToStore } from '../../../src/tables/append-chunk.ts'
import { loadChunks } from '../../../src/tables/load-chunks.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { rowsFolder } from '../../../src/tables/rows-relation.ts'
import { keptColumns as keptRows, writeAddedColumns } from '../../../src/tables/write-added-columns.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { isStorable, visibleRows } from '../../visible-rows.ts'
import { keptColumns, predictionColumns, type PredictParams } from './definition.ts'
import { predictionsOf } from './predictions.ts'

/** What is answered, for which rows, and what is kept beside it. */
interface Prediction {
  model: Artifact<'model'>
  table: TableData
  params: Pick<PredictParams, 'rows' | 'columns'>
  /** A column that says for every row which version has answered. */
  version?: { column: Column; value: string }
}

/** The kept columns of a table with the answers of a model. */
export async function predictRows(context: RunContext, work: Prediction): Promise<Artifact<'table'>> {
  const { table, params } = work
  const columns = [...keptColumns(table, params), ...answerColumns(work)]
  const startColumns = columns.map((column) => startColumn(table, column, context.node))
  const rows = await writePredictions(context, { ...work, startColumns })
  return writeTableArtifact(context, {
    rows: { artifact: rows.hash, count: rows.data.count },
    startColumns,
    recipe: [],
    columns,
    split: params.rows === 'all' ? table.split : null,
  })
}

const answerColumns = ({ model, version }: Prediction): Column[] => [
  ...predictionColumns(shapeOfModel(model)),
  ...(version ? [version.column] : []),
]

/** A kept stored column is still read by the rule of its source; all others start here. */
function startColumn(table: TableData, { name, type }: Column, node: string): StartColumn {
  const stored = table.startColumns.find((column) => column.name === name)
  const isStored = columnNamed(table, name)?.origin === 'start'
  return stored && isStored ? stored : { name, type: type as StartColumn['type'], source: node }
}

async function writePredictions(
  context: RunContext,
  work: Prediction & { startColumns: readonly StartColumn[] },
): Promise<Artifact<'rows'>> {
  const { table, startColumns, params } = work
  const answers = answerColumns(work).filter(isStorable)
  const names = new Set(keptColumns(table, params).map(({ name }) => name))
  const kept = table.columns.filter(isStorable).filter(({ name }) => names.has(name))
  const chunks = predictedChunks(context, work)
  const isStored = params.rows === 'all' && kept.every(({ origin }) => origin === 'start')
  const base = isStored ? await keptRows(context, table, [...names]) : null
  if (base) return writeAddedColumns(context, base, { columns: answers, chunks })
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)], threads: 1 })
  try {
    const predictions = await loadChunks(context, database, {
      table: 'predictions',
      columns: answers,
      chunks,
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
  context: RunContext,
  { model, table, params: { rows }, version }: Prediction,
): AsyncIterable<ChunkToStore> {
  const total = rows === 'all' ? table.rows.count : (table.split?.counts[rows] ?? 0)
  for await (const scored of scoreModel(context, model, table, { rows })) {
    const done = scored.firstRow + scored.rows
    context.progress({ share: done / Math.max(1, total), rows: done })
    const answered = predictionsOf(model.data, scored)
    const said = version && {
      [version.column.name]: Array.from({ length: scored.rows }, () => version.value),
    }
    yield { rows: scored.rows, columns: { ...answered, ...said } }
  }
}

import type { TableData } from '../core/artifacts.ts'
import type { Sketch } from '../core/sketch-schema.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { openDuckDb } from '../tables/open-duckdb.ts'
import { quoteName } from '../tables/quote.ts'
import { rowsFolder, rowsRelation } from '../tables/rows-relation.ts'
import { sketchOf } from '../tables/sketch.ts'
import { readStartChunks } from '../tables/start-rows.ts'
import { viewError } from './errors.ts'
import { findGiveaways } from './find-giveaways.ts'
import { firstRows } from './first-rows.ts'
import { readHead } from './read-head.ts'
import { timesInOrder } from './times-in-order.ts'
import type { FileSurvey } from './view-calls.ts'

const surveyedBytes = 16 << 20
const shownExamples = 5

/** What the beginning of a data file tells of its columns: enough to draw a pipeline for it. */
export async function fileSurvey(
  context: RunContext,
  { path, target }: { path: string; target: string | null },
): Promise<FileSurvey> {
  const { sniff, table, counts, isWhole } = await readHead(context, { path }, { bytes: surveyedBytes })
  if (counts.kept === 0) throw viewError('no-rows', { path })
  const columns = table.startColumns.map(({ name }) => name)
  const chunks = readStartChunks(context, table, { columns, rows: 'all' })
  const sketch = await sketchOf({ columns: table.startColumns, chunks })
  return {
    rows: counts.kept,
    isWhole,
    sketch,
    unique: await uniqueColumns(context, table, sketch),
    giveaways: target === null ? [] : await findGiveaways(context, table, target),
    inOrder: await timesInOrder(context, table, sketch),
    examples: await firstRows(context, table, shownExamples),
    header: sniff.dialect?.header ?? null,
  }
}

/** The sketch only estimates how many values there are; those that come close are counted. */
async function uniqueColumns(context: RunContext, table: TableData, sketch: Sketch): Promise<string[]> {
  const close = sketch.columns.filter(
    ({ distinct, nulls }) => sketch.rows > nulls && distinct.count >= 0.9 * (sketch.rows - nulls),
  )
  if (close.length === 0) return []
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  try {
    const tests = close.map(({ name }, index) => {
      const column = quoteName(name)
      return `count(DISTINCT ${column}) = count(${column}) AS c${index}`
    })
    const [found] = await database.rows<Record<string, boolean>>(
      `SELECT ${tests.join(', ')} FROM ${rowsRelation(context, table)}`,
    )
    return close.filter((_, index) => found![`c${index}`]).map(({ name }) => name)
  } finally {
    database.close()
  }
}

import type { Artifact, StartColumn } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column } from '../../../src/core/columns.ts'
import type { DeploymentLog, SaidOfAnswer } from '../../../src/node-kit/prediction-logs.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { CHUNK_ROWS, type ColumnChunk } from '../../../src/tables/column-chunk.ts'
import { loadChunks } from '../../../src/tables/load-chunks.ts'
import type { DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { storedType } from '../../../src/tables/stored-type.ts'
import { answerChunks, inputColumn, type LogColumn } from '../answer-chunks.ts'
import { createIdFilter, type IdFilter } from '../id-filter.ts'
import type { FeedbackParams } from './definition.ts'
import type { TrainingColumns } from './training-columns.ts'
import { truthSql } from './truth-sql.ts'

const dayMs = 86_400_000

/** What becomes of answers that something was said about. */
export interface LabelledCounts {
  rows: number
  /** Whose truth does not follow from what was said. */
  untold: number
  /** Of the fallback. */
  fallback: number
  /** That are not in the log. */
  unlogged: number
}

/** Makes a table `labelled` in the database, with what `labelledRows` asks for, and tells what is not in it. */
export async function labelAnswers(
  context: RunContext,
  database: DuckDb,
  work: { log: DeploymentLog; model: Artifact<'model'>; training: TrainingColumns; params: FeedbackParams },
): Promise<LabelledCounts> {
  const { log, model, training, params } = work
  const said = await loadFeedback(context, database, log)
  const { newest, oldest } = said
  const from = params.window === 'days' ? newest - params.days * dayMs : oldest
  const answers = await loadChunks(context, database, {
    table: 'answers',
    columns: answerColumnsOf(training),
    chunks: answerChunks(
      log.answers({ from }),
      answerColumnsOf(training),
      ({ role, predictionIds }, row) => role !== 'shadow' && said.ids.mayHave(predictionIds[row]!),
    ),
  })
  const { classes = [] } = model.data.target
  const truth = truthSql(typeOf(training, training.target), classes)
  await database.run(
    `CREATE TABLE said AS SELECT * FROM (
       SELECT * FROM (${said.from}) ${Number.isFinite(from) ? `WHERE answered >= ${from}` : ''}
       QUALIFY row_number() OVER (PARTITION BY id ORDER BY said DESC, place DESC) = 1
     ) WHERE retracted = 0`,
  )
  await database.run(
    `CREATE TABLE told AS
     SELECT a.*, ${truth} AS truth FROM (${answers}) a JOIN (SELECT id, label, is_right FROM said) s ON a.id = s.id`,
  )
  const [counts] = await database.rows<{ told: number; fallback: number; untold: number; said: number }>(
    `SELECT count(*)::DOUBLE AS told, count_if(fallback = 1)::DOUBLE AS fallback,
       count_if(fallback = 0 AND truth IS NULL)::DOUBLE AS untold,
       (SELECT count(*)::DOUBLE FROM said) AS said FROM told`,
  )
  await database.run(
    `CREATE TABLE labelled AS SELECT * FROM told WHERE fallback = 0 AND truth IS NOT NULL
     ${windowSql(params)}`,
  )
  const [kept] = await database.rows<{ rows: number }>('SELECT count(*)::DOUBLE AS rows FROM labelled')
  const { told, fallback, untold, said: all } = counts!
  return { rows: kept!.rows, fallback, untold, unlogged: all - told }
}

/** The query for the rows of training out of `labelled`, in the order of their answers. */
export function labelledRows(columns: readonly Column[], training: TrainingColumns, params: FeedbackParams) {
  const inputs = training.columns.map(({ name }) => name)
  const values = columns.map(({ name, type, role }) => {
    const value = (): string => {
      if (name === training.target) return 'truth'
      if (role === 'weight') return weightSql(params)
      if (columnNamed(training, name)) return `c${inputs.indexOf(name)}`
      return name === params.idColumn ? 'id' : 'epoch_ms(answered::BIGINT)'
    }
    return `${value()}::${storedType(type as StartColumn['type'])} AS ${quoteName(name)}`
  })
  return `SELECT ${values.join(', ')} FROM labelled ORDER BY answered, id`
}

function weightSql({ weights, halfLifeDays }: FeedbackParams): string {
  if (weights === 'none') return '1'
  return `pow(0.5, ((SELECT max(answered) FROM labelled) - answered) / ${halfLifeDays * dayMs})`
}

function windowSql({ window, rows }: FeedbackParams): string {
  switch (window) {
    case 'all':
    case 'days':
      return ''
    case 'rows':
      return `QUALIFY row_number() OVER (ORDER BY answered DESC, id DESC) <= ${rows}`
  }
}

const typeOf = ({ startColumns }: TrainingColumns, name: string): StartColumn['type'] =>
  startColumns.find((column) => column.name === name)?.type ?? 'text'

function answerColumnsOf({ startColumns }: TrainingColumns): LogColumn[] {
  return [
    { name: 'id', type: 'text', value: ({ predictionIds }, row) => predictionIds[row]! },
    { name: 'answered', type: 'number', value: ({ time }) => time },
    { name: 'fallback', type: 'number', value: ({ role }) => (role === 'fallback' ? 1 : 0) },
    {
      name: 'answer',
      type: 'text',
      value: ({ outputs }, row) => String(outputs['label']?.[row] ?? ''),
    },
    ...startColumns.map(({ name, type }, index) => inputColumn(`c${index}`, { input: name, type })),
  ]
}

interface LoadedFeedback {
  from: string
  ids: IdFilter
  /** Epoch ms of the newest and the oldest answer that something was said about. */
  newest: number
  oldest: number
}

/** All that was said that may tell the truth. */
async function loadFeedback(
  context: RunContext,
  database: DuckDb,
  log: DeploymentLog,
): Promise<LoadedFeedback> {
  const ids = createIdFilter()
  let newest = -Infinity
  let oldest = Infinity
  async function* telling(): AsyncIterable<SaidOfAnswer> {
    for await (const each of log.feedback()) {
      if (each.label === undefined && each.isRight === undefined && !each.isRetracted) continue
      ids.add(each.predictionId)
      newest = Math.max(newest, each.answeredAt)
      oldest = Math.min(oldest, each.answeredAt)
      yield each
    }
  }
  const from = await loadChunks(context, database, {
    table: 'feedback',
    columns: [
      { name: 'id', type: 'text' },
      { name: 'answered', type: 'number' },
      { name: 'said', type: 'number' },
      { name: 'place', type: 'number' },
      { name: 'label', type: 'text' },
      { name: 'is_right', type: 'number' },
      { name: 'retracted', type: 'number' },
    ],
    chunks: feedbackChunks(telling()),
  })
  return { from, ids, newest, oldest }
}

async function* feedbackChunks(feedback: AsyncIterable<SaidOfAnswer>): AsyncIterable<ColumnChunk> {
  let waiting: SaidOfAnswer[] = []
  let place = 0
  const chunk = (): ColumnChunk => {
    const each = waiting
    const first = place
    place += each.length
    waiting = []
    return {
      rows: each.length,
      columns: {
        id: each.map(({ predictionId }) => predictionId),
        answered: Float64Array.from(each, ({ answeredAt }) => answeredAt),
        said: Float64Array.from(each, ({ time }) => time),
        place: Float64Array.from(each, (_, index) => first + index),
        label: each.map(({ label }) => (label === undefined ? '' : String(label))),
        is_right: Float64Array.from(each, ({ isRight }) =>
          isRight === undefined ? Number.NaN : Number(isRight),
        ),
        retracted: Float64Array.from(each, ({ isRetracted }) => (isRetracted ? 1 : 0)),
      },
    }
  }
  for await (const each of feedback) {
    waiting.push(each)
    if (waiting.length === CHUNK_ROWS) yield chunk()
  }
  if (waiting.length > 0) yield chunk()
}

import type { Artifact, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import type { ContextOf, ProbeOf } from '../../../src/node-kit/define-node.ts'
import { unknownTable, type Column } from '../../../src/core/columns.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { DeploymentLog } from '../../../src/node-kit/prediction-logs.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { storedType } from '../../../src/tables/stored-type.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { takenName } from '../log-params.ts'
import { addedColumns, feedback, labelledShape, type FeedbackParams } from './definition.ts'
import { labelAnswers, labelledRows, type LabelledCounts } from './label-answers.ts'
import { columnsLike, columnsOfModel, type TrainingColumns } from './training-columns.ts'

type Context = ContextOf<typeof feedback>

export const run = defineRun(feedback, async ({ like }, params, context) => {
  const { deployment } = params
  const log = context.predictionLogs.open(deployment)
  if (!log && !like) context.fail('no-deployment', { deployment }, { param: 'deployment' })
  const model = log && (await context.artifacts.read('model', log.model))
  if (model?.data.task === 'clustering') context.fail('no-target', { deployment }, { param: 'deployment' })
  const training = like
    ? columnsLike(context, like.data, { model, params })
    : await columnsOfModel(context, model!)
  refuseTakenName(context, training, params)
  const columns = [...training.columns, ...addedColumns(training.columns, params)]
  const startColumns = columns.map(
    ({ name, type }): StartColumn =>
      training.startColumns.find((column) => column.name === name) ?? {
        name,
        type: type as StartColumn['type'],
        source: context.node,
      },
  )
  const stored = await writeLabelled(context, { log, model, training, columns, startColumns, params })
  const table = { rows: stored, startColumns, recipe: [], columns, split: null }
  const parts = partsOf(stored.count, params)
  return { table: await writeTableArtifact(context, parts ? await writeSplit(context, table, parts) : table) }
})

async function writeLabelled(
  context: Context,
  work: {
    log: DeploymentLog | null
    model: Artifact<'model'> | null
    training: TrainingColumns
    columns: readonly Column[]
    startColumns: readonly StartColumn[]
    params: FeedbackParams
  },
): Promise<TableData['rows']> {
  const { log, model, training, columns, startColumns, params } = work
  const database = await openDuckDb(context)
  try {
    if (log && model) tell(context, await labelAnswers(context, database, { log, model, training, params }))
    const from = log ? labelledRows(columns, training, params) : noRows(startColumns)
    const { hash, data } = await writeRows(context, { database, from, startColumns })
    return { artifact: hash, count: data.count }
  } finally {
    database.close()
  }
}

function refuseTakenName(context: Context, { columns }: TrainingColumns, params: FeedbackParams): void {
  const column = takenName(columns, addedColumns(columns, params))
  if (column === undefined) return
  const own = (['idColumn', 'timeColumn', 'weightColumn'] as const).find((name) => params[name] === column)
  context.fail('name-taken', { column }, own ? { param: own } : {})
}

function tell(context: Context, { rows, untold, fallback, unlogged }: LabelledCounts): void {
  context.log('info', 'Answers whose truth is known: {rows}.', { rows })
  const left = untold + fallback + unlogged
  if (left > 0)
    context.log(
      'info',
      'Left out although something was said: {left}. The truth does not follow: {untold}; of the fallback: {fallback}; not ' +
        'in the log: {unlogged}.',
      { left, untold, fallback, unlogged },
    )
}

const noRows = (columns: readonly StartColumn[]): string =>
  `SELECT ${columns.map(({ name, type }) => `NULL::${storedType(type)} AS ${quoteName(name)}`).join(', ')} WHERE false`

/** The newest, which come last, test. */
function partsOf(rows: number, params: FeedbackParams): Uint8Array | null {
  if (params.holdOut === 'unsplit') return null
  return new Uint8Array(rows).fill(2, rows - heldOut(rows, params))
}

function heldOut(rows: number, { holdOut, holdOutShare, holdOutRows }: FeedbackParams): number {
  switch (holdOut) {
    case 'share':
      // A fifth of 35 is 7, and a bit more in binary.
      return Math.ceil(rows * holdOutShare - 1e-9)
    case 'rows':
      return Math.min(rows, holdOutRows)
    case 'none':
    case 'unsplit':
      return 0
  }
}

export const probe: ProbeOf<typeof feedback> = async (params, context) => {
  const log = context.predictionLogs.open(params.deployment)
  // Whether that matters depends on what is connected.
  if (!log) return { table: unknownTable }
  const model = await context.artifacts.read('model', log.model)
  if (model.data.task === 'clustering') return { table: unknownTable }
  const { columns } = await columnsOfModel(context, model)
  return { table: labelledShape(columns, params) }
}

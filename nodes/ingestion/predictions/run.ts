import { clusterOutput, distancesOutput } from '../../../src/core/answer-names.ts'
import type { Artifact, StartColumn } from '../../../src/core/artifacts.ts'
import { unknownTable, type Column } from '../../../src/core/columns.ts'
import { PipewrightError } from '../../../src/core/errors.ts'
import type { ContextOf, ProbeOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { DeploymentLog, LoggedAnswers } from '../../../src/node-kit/prediction-logs.ts'
import { shapeOfModel } from '../../../src/node-kit/shape-of-artifact.ts'
import { loadChunks } from '../../../src/tables/load-chunks.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { predictionColumns } from '../../serving/predict/definition.ts'
import { answerChunks, inputColumn, type LogColumn } from '../answer-chunks.ts'
import { takenName } from '../log-params.ts'
import { columnsOfAnswers, loggedShape, predictions, type PredictionsParams } from './definition.ts'

type Context = ContextOf<typeof predictions>

const dayMs = 86_400_000

export const run = defineRun(predictions, async (_, params, context) => {
  const { deployment, window } = params
  const log =
    context.predictionLogs.open(deployment) ??
    context.fail('no-deployment', { deployment }, { param: 'deployment' })
  const model = await context.artifacts.read('model', log.model)
  const columns = columnsOf(context, model, params)
  const startColumns = columns.map(
    ({ name, type }): StartColumn =>
      model.data.signature.inputs.find((input) => input.name === name) ?? {
        name,
        type: type as StartColumn['type'],
        source: context.node,
      },
  )
  const logged = loggedColumns(columns, { model, params, classes: await classesOfVersions(context, log) })
  const from = window === 'days' ? (await newestAnswer(log)) - params.days * dayMs : 0
  const database = await openDuckDb(context)
  try {
    const answers = await loadChunks(context, database, {
      table: 'answers',
      columns: [...logged, ...orderColumns],
      chunks: answerChunks(
        log.answers({ from }),
        [...logged, ...orderColumns],
        ({ role }) => role !== 'shadow',
      ),
    })
    const values = columns.map(({ name }, index) => `c${index} AS ${quoteName(name)}`).join(', ')
    const newest =
      window === 'rows' ? `QUALIFY row_number() OVER (ORDER BY answered DESC, id DESC) <= ${params.rows}` : ''
    const rows = await writeRows(context, {
      database,
      from: `SELECT ${values} FROM (SELECT * FROM (${answers}) ${newest}) ORDER BY answered, id`,
      startColumns,
    })
    const stored = { artifact: rows.hash, count: rows.data.count }
    return {
      table: await writeTableArtifact(context, {
        rows: stored,
        startColumns,
        recipe: [],
        columns,
        split: null,
      }),
    }
  } finally {
    database.close()
  }
})

export const probe: ProbeOf<typeof predictions> = async (params, context) => {
  const log = context.predictionLogs.open(params.deployment)
  // The pipeline itself may make it.
  if (!log) return { table: unknownTable }
  return { table: loggedShape(columnsOf(context, await context.artifacts.read('model', log.model), params)) }
}

function columnsOf(context: Context, model: Artifact<'model'>, params: PredictionsParams): Column[] {
  const { rules: _, top: __, ...shape } = shapeOfModel(model)
  const inputs = model.data.signature.inputs.map(({ name, type }): Column => ({
    name,
    type,
    role: 'feature',
    origin: 'start',
  }))
  const own = columnsOfAnswers(predictionColumns(shape), params)
  const column = takenName(inputs, own)
  if (column !== undefined) {
    const param = (['idColumn', 'timeColumn'] as const).find((name) => params[name] === column)
    context.fail('name-taken', { column }, param ? { param } : {})
  }
  return [...inputs, ...own]
}

/** What the rows are put in order by. */
const orderColumns: readonly LogColumn[] = [
  { name: 'id', type: 'text', value: ({ predictionIds }, row) => predictionIds[row]! },
  { name: 'answered', type: 'number', value: ({ time }) => time },
]

function loggedColumns(
  columns: readonly Column[],
  surroundings: { model: Artifact<'model'>; params: PredictionsParams; classes: ClassesOf },
): LogColumn[] {
  const { model, params, classes } = surroundings
  const inputs = new Set(model.data.signature.inputs.map(({ name }) => name))
  return columns.map(({ name: of, type }, index): LogColumn => {
    const place = { name: `c${index}`, type: type as StartColumn['type'] }
    if (inputs.has(of)) return inputColumn(place.name, { input: of, type: place.type })
    if (of === params.idColumn) return { ...place, value: orderColumns[0]!.value }
    if (of === params.timeColumn) return { ...place, value: orderColumns[1]!.value }
    return { ...place, value: valueOf(of, classes) }
  })
}

function valueOf(name: string, classes: ClassesOf): LogColumn['value'] {
  switch (name) {
    case 'model_version':
      return ({ model, version, role }) => (role === 'fallback' && version === 0 ? '' : `${model}:${version}`)
    case 'is_fallback':
      return ({ role }) => (role === 'fallback' ? 1 : 0)
    case 'latency_ms':
      return ({ latencyMs }) => latencyMs
    case 'probability':
      return (answers, row) => probabilityOf(answers, row, classes(answers.artifact))
    case 'cluster':
      return ({ outputs }, row) => outputs[clusterOutput]?.[row] ?? ''
    case 'distance':
      return distanceOf
    default:
      return ({ outputs }, row) => outputs['label']?.[row] ?? outputs['value']?.[row] ?? Number.NaN
  }
}

/** Of the positive class where there are two, else of the one that was answered. */
function probabilityOf(
  { outputs }: LoggedAnswers,
  row: number,
  known: { classes: readonly string[]; positive: string | undefined } | null,
): number {
  const probabilities = outputs['probabilities']
  if (!probabilities || !known) return Number.NaN
  const { classes, positive } = known
  const told = classes.length === 2 ? positive : String(outputs['label']?.[row])
  const code = classes.indexOf(told ?? '')
  return code < 0 ? Number.NaN : Number(probabilities[row * classes.length + code])
}

function distanceOf({ outputs, predictionIds }: LoggedAnswers, row: number): number {
  const distances = outputs[distancesOutput]
  if (!distances) return Number.NaN
  const width = distances.length / predictionIds.length
  let least = Infinity
  for (let at = row * width; at < (row + 1) * width; at++) least = Math.min(least, Number(distances[at]))
  return least
}

type ClassesOf = (artifact: string) => { classes: readonly string[]; positive: string | undefined } | null

/** Of each version that has answered; null where its model is gone. */
async function classesOfVersions({ artifacts }: Context, log: DeploymentLog): Promise<ClassesOf> {
  const hashes = new Set<string>()
  for await (const { artifact } of log.answers()) if (artifact !== '') hashes.add(artifact)
  const known = new Map<string, NonNullable<ReturnType<ClassesOf>>>()
  for (const hash of hashes) {
    const model = await artifacts.read('model', hash).catch((error: unknown) => {
      if (error instanceof PipewrightError && error.code.startsWith('artifact.')) return null
      throw error
    })
    const { classes, positive } = model?.data.target ?? {}
    if (classes) known.set(hash, { classes, positive })
  }
  return (artifact) => known.get(artifact) ?? null
}

/** Epoch ms. */
async function newestAnswer(log: DeploymentLog): Promise<number> {
  let newest = 0
  for await (const { time, role } of log.answers()) if (role !== 'shadow') newest = Math.max(newest, time)
  return newest
}

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { logisticRegression } from '../../../../nodes/training/logistic-regression/definition.ts'
import { run as trainLogistic } from '../../../../nodes/training/logistic-regression/run.ts'
import { encode } from '../../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../../nodes/features/encode/run.ts'
import type { Artifact } from '../../../../src/core/artifacts.ts'
import { deploymentSpecSchema } from '../../../../src/core/deployment.ts'
import { openLabelling, type Labelling } from '../../../../src/monitoring/labelling/open-labelling.ts'
import { openSession } from '../../../../src/onnx/session.ts'
import { openLogReader, type LogReader } from '../../../../src/serving/deployments/open-log-reader.ts'
import { openPredictionLog } from '../../../../src/serving/log/prediction-log.ts'
import type { LoggedModel } from '../../../../src/serving/log/prediction-record.ts'
import { createPredictionIds } from '../../../../src/serving/prediction-id.ts'
import {
  artifactFolder,
  manifestName,
  openArtifactFolders,
} from '../../../../src/storage/artifact-folders.ts'
import type { Workspace } from '../../../../src/storage/open-workspace.ts'
import { deploymentLogFolder } from '../../../../src/storage/workspace-paths.ts'
import { workspaceSecret } from '../../../../src/storage/workspace-secret.ts'
import { exampleTable } from '../../../conformance/example-table.ts'
import { createTestContext } from '../../../fixtures/test-context.ts'
import { hostedWorkspace } from '../../storage/storage-samples.ts'

export interface LabellingBench {
  workspace: Workspace
  labelling: Labelling
  reader: LogReader
  /** Of the rows that were asked for, in their order. */
  ids: string[]
  rows: readonly Visit[]
  /** What the model answered to them. */
  answers: string[]
}

export interface Visit {
  town: string
  minutes: number
  /** Whether it was a purchase: more than 20 minutes in Jena, more than 40 elsewhere. */
  truth: 'no' | 'yes'
}

const towns = ['Jena', 'Gera', 'Weimar']

export const visits = (count: number): Visit[] =>
  Array.from({ length: count }, (_, row) => {
    const town = towns[row % 3]!
    const minutes = (row * 17) % 61
    return { town, minutes, truth: minutes > (town === 'Jena' ? 20 : 40) ? 'yes' : 'no' }
  })

/** A deployment with a log of its answers to visits, and a shadow that looks at the minutes alone. */
export async function openLabellingBench(asked: readonly Visit[] = visits(120)): Promise<LabellingBench> {
  const workspace = await hostedWorkspace()
  const { tracking } = workspace
  const model = await registerModel(workspace, { model: 'visits', columns: ['town', 'minutes'] })
  await registerModel(workspace, { model: 'minutes', columns: ['minutes'] })
  const spec = deploymentSpecSchema.parse({
    name: 'visits',
    versions: [{ reference: 'visits' }, { reference: 'minutes', role: 'shadow' }],
  })
  const { deployment } = tracking.deployments.apply({ spec, madeBy: null, now: 1 })
  const onDefect = (error: unknown): void => {
    throw error
  }
  const { ids, answers } = await logAnswers(workspace, { model, asked, number: deployment.number })
  const reader = openLogReader(workspace, onDefect)
  const labelling = openLabelling({ workspace, predictionLogs: reader, onDefect })
  onTestFinished(async () => {
    await labelling.close()
    await reader.close()
  })
  return { workspace, labelling, reader, ids, rows: asked, answers }
}

/** A model as it is stored. */
interface TrainedModel {
  artifact: Artifact<'model'>
  files: { name: string; bytes: Buffer }[]
}

const trained = new Map<string, Promise<TrainedModel>>()

async function train(columns: readonly (keyof Visit)[]): Promise<TrainedModel> {
  const context = await createTestContext()
  const names = [...columns, 'bought'].join(',')
  const csv = visits(150).map((visit) => [...columns.map((name) => visit[name]), visit.truth].join(','))
  const table = await exampleTable(context, {
    csv: [names, ...csv, ''].join('\n'),
    roles: { bought: 'target' },
  })
  const { table: encoded } = columns.includes('town')
    ? await encodeColumns({ table }, encode.params.parse({}), context)
    : { table }
  const { model } = await trainLogistic({ table: encoded }, logisticRegression.params.parse({}), context)
  const folder = context.artifacts.folder(model.hash)
  const stored = (await readdir(folder)).filter((name) => name !== manifestName)
  const files = stored.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) }))
  const made = { artifact: model, files: await Promise.all(files) }
  await context.dispose()
  return made
}

async function registerModel(
  { paths, tracking, artifacts }: Workspace,
  { model, columns }: { model: string; columns: readonly (keyof Visit)[] },
): Promise<Artifact<'model'>> {
  const known = trained.get(model) ?? train(columns)
  trained.set(model, known)
  const { artifact, files } = await known
  const folders = openArtifactFolders({ root: paths.artifacts, staging: join(paths.staging, model) })
  const folder = await folders.stage()
  for (const { name, bytes } of files) await writeFile(join(folder, name), bytes)
  await folders.write({ kind: 'model', hash: artifact.hash, data: artifact.data, refs: [], folder })
  await artifacts.commitArtifacts(folders.written, { now: 1 })
  tracking.models.register({ model, artifact: artifact.hash, aliases: [], runId: null, metrics: {}, now: 1 })
  return artifact
}

async function logAnswers(
  { paths }: Workspace,
  { model, asked, number }: { model: Artifact<'model'>; asked: readonly Visit[]; number: number },
): Promise<{ ids: string[]; answers: string[] }> {
  const { hash, data } = model
  const folder = artifactFolder(paths.artifacts, hash)
  const session = await openSession(await readFile(join(folder, 'model.onnx')))
  const columns = {
    town: asked.map(({ town }) => town),
    minutes: Float64Array.from(asked, ({ minutes }) => minutes),
  }
  const outputs = await session.run({ rows: asked.length, columns })
  await session.close()
  const logged: LoggedModel = {
    model: 'visits',
    version: 1,
    artifact: hash,
    role: 'live',
    inputs: data.signature.inputs.map(({ name, type }) => ({ name, type })),
    outputs: [
      { name: 'label', type: 'text', width: 1 },
      { name: 'probabilities', type: 'float32', width: 2 },
    ],
  }
  const log = openPredictionLog({
    folder: deploymentLogFolder(paths, 'visits'),
    worker: 0,
    share: 1,
    onError: (error) => {
      throw error
    },
  })
  const next = createPredictionIds({ secret: workspaceSecret(paths), deployment: number, worker: 0 })
  const started = Date.now() - asked.length * 1_000
  const ids = asked.map((_, row) => {
    const time = started + row * 1_000
    const id = next.next({ version: 1, artifact: hash, time })
    log.append({
      model: logged,
      time,
      latencySeconds: 0.001,
      requestId: `r${row}`,
      traceparent: '',
      predictionIds: [id],
      firstRow: row,
      inputs: { rows: 1, columns },
      outputs,
    })
    return id
  })
  await log.close()
  return { ids, answers: outputs['label'] as string[] }
}

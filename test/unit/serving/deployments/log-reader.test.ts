import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { feedbackEntrySchema, logFilterSchema } from '../../../../src/contract/prediction-log-contract.ts'
import { openLogReader } from '../../../../src/serving/deployments/open-log-reader.ts'
import { openFeedbackLog } from '../../../../src/serving/log/feedback-log.ts'
import { openPredictionLog } from '../../../../src/serving/log/prediction-log.ts'
import type { LoggedModel } from '../../../../src/serving/log/prediction-record.ts'
import { createPredictionIds } from '../../../../src/serving/prediction-id.ts'
import { deploymentLogFolder } from '../../../../src/storage/workspace-paths.ts'
import { workspaceSecret } from '../../../../src/storage/workspace-secret.ts'
import { hostedWorkspace } from '../../storage/storage-samples.ts'
import { registerClassifier } from '../../storage/register-classifier.ts'
import { specOf } from './deployments-bench.ts'

const model: LoggedModel = {
  model: 'churn',
  version: 2,
  artifact: 'ab'.repeat(32),
  role: 'live',
  inputs: [
    { name: 'tenure', type: 'number' },
    { name: 'since', type: 'date' },
    { name: 'town', type: 'text' },
  ],
  outputs: [{ name: 'label', type: 'text', width: 1 }],
}

const filterOf = (fields: object = {}) => logFilterSchema.parse(fields)

async function openLogged() {
  const workspace = await hostedWorkspace()
  const { tracking, paths } = workspace
  const { deployment } = tracking.deployments.apply({ spec: specOf(), madeBy: null, now: 1 })
  const onError = (error: unknown): void => {
    throw error
  }
  const log = openPredictionLog({ folder: deploymentLogFolder(paths, 'churn'), worker: 0, share: 1, onError })
  const ids = createPredictionIds({
    secret: workspaceSecret(paths),
    deployment: deployment.number,
    worker: 0,
  })
  const reader = openLogReader(workspace, onError)
  onTestFinished(async () => {
    await log.close()
    await reader.close()
  })
  const write = async (time: number, towns: string[], labels: string[]): Promise<string[]> => {
    const predictionIds = towns.map(() => ids.next({ version: 2, artifact: model.artifact, time }))
    log.append({
      model,
      time,
      latencySeconds: 0.25,
      requestId: `request-${time}`,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      predictionIds,
      firstRow: 0,
      inputs: {
        rows: towns.length,
        columns: {
          tenure: Float64Array.from(towns, () => NaN),
          since: Float64Array.from(towns, () => Date.UTC(2026, 2, 1)),
          town: towns,
        },
      },
      outputs: { label: labels },
    })
    await log.flush()
    return predictionIds
  }
  return { reader, write, workspace, folder: deploymentLogFolder(paths, 'churn') }
}

describe('the log of a deployment', () => {
  it('comes in pages, the newest first, each row as it was asked', async () => {
    const { reader, write } = await openLogged()
    await write(1_000, ['Jena', 'Gera'], ['Yes', 'No'])
    await write(2_000, ['Weimar'], ['No'])
    await write(2_000, ['Apolda'], ['Yes'])
    const first = await reader.page({ name: 'churn', filter: filterOf(), limit: 1, before: null })
    const second = await reader.page({ name: 'churn', filter: filterOf(), limit: 1, before: first.next })
    const third = await reader.page({ name: 'churn', filter: filterOf(), limit: 5, before: second.next })
    const shown = [...first.records, ...second.records]
    expect(shown.map(({ at }) => at)).toEqual([2_000, 2_000])
    expect(new Set(shown.map(({ inputs }) => inputs['town']))).toEqual(new Set(['Weimar', 'Apolda']))
    expect(third.next).toBeNull()
    expect(third.records).toMatchObject([
      {
        at: 1_000,
        latencyMs: 250,
        traceId: '0af7651916cd43dd8448eb211c80319c',
        row: 0,
        rowsOfRequest: 2,
        inputs: { tenure: null, since: '2026-03-01', town: 'Jena' },
        answer: 'Yes',
        feedback: null,
      },
      { row: 1, inputs: { town: 'Gera' }, answer: 'No' },
    ])
  })

  it('is searched in ids, answers and values', async () => {
    const { reader, write } = await openLogged()
    const [, gera] = await write(1_000, ['Jena', 'Gera'], ['Yes', 'No'])
    await write(2_000, ['Weimar'], ['Yes'])
    const found = async (filter: object) =>
      (await reader.page({ name: 'churn', filter: filterOf(filter), limit: 9, before: null })).records.map(
        ({ inputs }) => inputs['town'],
      )
    expect(await found({ text: 'gera' })).toEqual(['Gera'])
    expect(await found({ text: gera })).toEqual(['Gera'])
    expect(await found({ text: 'request-2000' })).toEqual(['Weimar'])
    expect(await found({ answer: 'Yes' })).toEqual(['Weimar', 'Jena'])
    expect(await found({ version: 1 })).toEqual([])
    expect(await found({ to: 1_500 })).toEqual(['Jena', 'Gera'])
  })

  it('lets the newest feedback count, whichever process took it', async () => {
    const { reader, folder } = await openLogged()
    const [first, second] = [0, 1].map((worker) =>
      openFeedbackLog({ folder, worker, onError: () => undefined }),
    )
    await first!.append({ predictionId: 'other', label: 'No', time: 1 })
    // Of which the files began at different times.
    await sleep(5)
    await second!.append({ predictionId: 'mended', label: 'No', time: 2 })
    await first!.append({ predictionId: 'mended', label: 'Yes', time: 3 })
    const said = await reader.feedback('churn')
    expect((await said.of(['mended'])).get('mended')?.label).toBe('Yes')
    await Promise.all([first!.close(), second!.close()])
  })

  it('takes no label that is no class of the version that answers', async () => {
    const { reader, write, workspace } = await openLogged()
    const [id] = await write(1_000, ['Jena'], ['Yes'])
    await registerClassifier(workspace, model.artifact)
    const entries = ['No', 'yes', 'Maybe'].map((label) =>
      feedbackEntrySchema.parse({ predictionId: id, label }),
    )
    expect(await reader.append('churn', entries)).toEqual({
      accepted: 1,
      refused: [
        { index: 1, message: '“yes” is no class of the model. Did you mean “Yes”?' },
        { index: 2, message: '“Maybe” is no class of the model. Its classes are “No”, “Yes”.' },
      ],
    })
  })

  it('takes feedback for what was answered here, and for nothing else', async () => {
    const { reader, write } = await openLogged()
    const [id] = await write(1_000, ['Jena'], ['Yes'])
    const other = createPredictionIds({ secret: '00'.repeat(32), deployment: 1, worker: 0 })
    const foreign = other.next({ version: 2, artifact: model.artifact, time: 1 })
    const entries = [
      { predictionId: id, label: 'No', comment: 'stayed' },
      { predictionId: foreign, label: 'No' },
      { predictionId: id },
    ].map((entry) => feedbackEntrySchema.parse(entry))
    expect(await reader.append('churn', entries)).toEqual({
      accepted: 1,
      refused: [
        { index: 1, message: 'This is no prediction id of this workspace.' },
        {
          index: 2,
          message: 'It says neither the truth, nor whether the answer was right, nor how good it was.',
        },
      ],
    })
    const filter = filterOf({ onlyWithFeedback: true })
    const { records } = await reader.page({ name: 'churn', filter, limit: 9, before: null })
    expect(records).toMatchObject([{ predictionId: id, feedback: { label: 'No', comment: 'stayed' } }])
  })

  it('is followed from now on', async () => {
    const { reader, write } = await openLogged()
    await write(1_000, ['Jena'], ['Yes'])
    const stop = new AbortController()
    const tail = reader.tail({ name: 'churn', filter: filterOf() }, stop.signal)
    const next = tail.next()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await write(2_000, ['Weimar'], ['No'])
    const { value } = await next
    expect(value?.records.map(({ inputs }) => inputs['town'])).toEqual(['Weimar'])
    stop.abort()
    expect(await tail.next()).toMatchObject({ done: true })
  })
})

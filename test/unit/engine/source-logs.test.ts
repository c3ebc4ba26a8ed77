import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../src/core/deployment.ts'
import { describeReason } from '../../../src/engine/explain-step.ts'
import { openFeedbackLog, type FeedbackLog } from '../../../src/serving/log/feedback-log.ts'
import { listSegments } from '../../../src/serving/log/segment-name.ts'
import { createPredictionIds } from '../../../src/serving/prediction-id.ts'
import { deploymentLogFolder } from '../../../src/storage/workspace-paths.ts'
import {
  openStubEngine,
  pipelineOf,
  type FinishedRun,
  type StubEngine,
} from '../../fixtures/stub-nodes/open-stub-engine.ts'

let stub: StubEngine
let log: FeedbackLog
let folder: string
const ids = createPredictionIds({ secret: '00'.repeat(32), deployment: 1, worker: 1 })

beforeEach(async () => {
  stub = await openStubEngine()
  await stub.write('lines.txt', 'one\n')
  await stub.run(
    pipelineOf(
      {
        lines: { type: 'ingestion.lines', params: { path: 'lines.txt' } },
        train: { type: 'training.train' },
        register: { type: 'serving.register', params: { name: 'churn' } },
      },
      ['lines.table -> train.table', 'train.model -> register.model'],
    ),
  )
  const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn' }] })
  stub.workspace.tracking.deployments.apply({ spec, madeBy: null, now: 1 })
  folder = deploymentLogFolder(stub.workspace.paths, 'churn')
  log = openFeedbackLog({ folder, worker: 1, onError: () => {} })
})
afterEach(async () => {
  await log.close()
  await stub.close()
})

const say = (label: string): Promise<void> => {
  const predictionId = ids.next({ version: 1, artifact: '0a0b0c0d', time: Date.now() })
  return log.append({ predictionId, label, time: Date.now() })
}

const pipeline = pipelineOf({ said: { type: 'ingestion.said', params: { deployment: 'churn' } } }, [])

const why = ({ id }: FinishedRun): string[] =>
  stub.engine.why({ run: id }).flatMap(({ reasons }) => reasons.map(describeReason))

const rows = ({ id }: FinishedRun) =>
  stub.workspace.tracking.steps.get({ runId: id, nodeId: 'said' })?.outputs['table']?.rows

describe('a source of what a deployment has logged', () => {
  it('runs again when the log has grown, says so, and gives versions of the data', async () => {
    await say('yes')
    expect(rows(await stub.run(pipeline))).toBe(1)
    expect((await stub.run(pipeline)).states).toEqual({ said: 'cached' })
    await say('no')
    const grown = await stub.run(pipeline)
    expect(rows(grown)).toBe(2)
    expect(why(grown)).toEqual(['the log of “churn” is another one now'])
    const versions = stub.workspace.tracking.dataVersions.list({ source: 'log of “churn”' })
    expect(versions.map(({ number, rows: count }) => [number, count])).toEqual([
      [2, 2],
      [1, 1],
    ])
  })

  it('is reproduced from the log as it was then, as long as that is kept', async () => {
    await say('yes')
    const run = await stub.run(pipeline)
    await say('no')
    expect(await stub.engine.reproduce({ run: run.id })).toMatchObject({ identical: true })
    for (const { name } of await listSegments(folder, 'feedback')) await rm(join(folder, name))
    await expect(stub.engine.reproduce({ run: run.id })).rejects.toMatchObject({ code: 'engine.log-changed' })
  })
})

import { rm } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { description } from '../../../../src/serving/protocols/description/description-protocol.ts'
import { mlflow } from '../../../../src/serving/protocols/mlflow/mlflow-protocol.ts'
import { openInference } from '../../../../src/serving/protocols/open-inference/open-inference-protocol.ts'
import type { LoadableVersion } from '../../../../src/serving/server-protocol.ts'
import { memberRecords, memberTensors } from '../../../fixtures/serving/members.ts'
import { startServer, writePackage, type TestServer } from '../../../fixtures/serving/model-server.ts'
import { trainSmallModel } from '../../../fixtures/serving/small-endpoint.ts'

interface Predicted {
  predictions: { prediction: string; probabilities: Record<string, number>; predictionId: string }[]
}

describe('a server with all protocols', () => {
  let server: TestServer
  let version: LoadableVersion
  beforeAll(async () => {
    version = await writePackage(await trainSmallModel(), { model: 'members', version: 4 })
    server = await startServer({ versions: [version], protocols: [openInference, mlflow, description] })
  })
  afterAll(async () => {
    await server.stop()
    await rm(version.folder, { recursive: true, force: true })
  })

  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const sent = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await fetch(`${server.url}${path}`, sent)).json()
  }

  it('gives one answer, whichever way it is asked', async () => {
    const plain = (await post('/predict', { rows: memberRecords })) as Predicted
    const inferred = await post('/v2/models/members/infer', { inputs: memberTensors() })
    const invoked = await post('/invocations', { dataframe_records: memberRecords })
    const labels = plain.predictions.map(({ prediction }) => prediction)
    const shares = plain.predictions.map(({ probabilities }) => probabilities)
    expect(inferred).toMatchObject({
      model_version: '4',
      outputs: [{ data: labels }, { data: shares.flatMap(({ no, yes }) => [no, yes]) }],
    })
    expect(invoked).toMatchObject({ predictions: labels, probabilities: shares, version: '4' })
  })

  it('takes feedback for what any of them answered', async () => {
    const { prediction_ids: ids } = (await post('/invocations', { dataframe_records: memberRecords })) as {
      prediction_ids: string[]
    }
    const inferred = (await post('/v2/models/members/infer', { inputs: memberTensors() })) as {
      parameters: { prediction_ids: string }
    }
    const given = [...ids, ...inferred.parameters.prediction_ids.split(',')]
    const answers = given.map((predictionId) => post('/feedback', { predictionId, label: 'no' }))
    expect(new Set(given).size).toBe(6)
    expect(await Promise.all(answers)).toEqual(given.map(() => ({ accepted: true })))
  })

  it('answers and refuses as its description says', async () => {
    const { components } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      components: object
    }
    const ajv = new Ajv2020({ strict: false, formats: { date: true, 'date-time': true } })
    ajv.addSchema({ $id: 'openapi', components })
    const wrong = async (name: string, answer: Promise<unknown>): Promise<unknown> => {
      const validate = ajv.compile({ $ref: `openapi#/components/schemas/${name}` })
      return validate(await answer) ? null : validate.errors
    }
    expect(await wrong('Prediction', post('/predict', memberRecords[0]))).toBeNull()
    expect(await wrong('Predictions', post('/predict', { rows: memberRecords }))).toBeNull()
    expect(await wrong('Problem', post('/predict', { ...memberRecords[0], age: 'old' }))).toBeNull()
    expect(
      await wrong('InferenceResponse', post('/v2/models/members/infer', { inputs: memberTensors() })),
    ).toBeNull()
    expect(await wrong('InferenceError', post('/v2/models/members/infer', {}))).toBeNull()
    expect(await wrong('InferenceError', post('/v2/models/members/nothing', {}))).toBeNull()
    expect(await wrong('Problem', post('/nothing', {}))).toBeNull()
  })

  it('counts what it inferred', async () => {
    const stats = (await (await fetch(`${server.url}/v2/models/members/stats`)).json()) as {
      model_stats: { inference_count: number; last_inference: number }[]
    }
    expect(stats.model_stats[0]!.inference_count).toBeGreaterThan(10)
    expect(stats.model_stats[0]!.last_inference).toBeGreaterThan(1_600_000_000_000)
  })

  it('leaves the policy of the page to try it alone', async () => {
    const { headers } = await fetch(server.url)
    expect(headers.get('content-security-policy')).toMatch(/script-src 'sha256-/)
  })
})

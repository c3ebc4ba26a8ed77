import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession, type OnnxSession } from '../../../../src/onnx/session.ts'
import { readPredictionId } from '../../../../src/serving/prediction-id.ts'
import type { LoadableVersion } from '../../../../src/serving/server-protocol.ts'
import { rowReader } from '../../../../src/tables/row-reader.ts'
import { memberRecords } from '../../../fixtures/serving/members.ts'
import {
  numberOfText,
  secret,
  startServer,
  writePackage,
  type TestServer,
} from '../../../fixtures/serving/model-server.ts'
import { trainSmallModel, type SmallModel } from '../../../fixtures/serving/small-endpoint.ts'

interface Answer {
  prediction: string | number
  probabilities: Record<string, number>
  model: string
  version: number
  predictionId: string
}
interface Answers {
  model: string
  version: number
  predictions: Omit<Answer, 'model' | 'version'>[]
}
interface Failure {
  error: { code: string; message: string; remedy: string; problems?: unknown[] }
}

describe('POST /predict', () => {
  let model: SmallModel
  let session: OnnxSession
  let version: LoadableVersion
  let server: TestServer
  beforeAll(async () => {
    model = await trainSmallModel()
    session = await openSession(model.bytes)
    version = await writePackage(model, { model: 'members', version: 3 })
    server = await startServer({ versions: [version] })
  })
  afterAll(async () => {
    await server.stop()
    await session.close()
    await rm(version.folder, { recursive: true, force: true })
  })

  const json = async <Body>(response: Promise<Response>): Promise<Body> =>
    (await (await response).json()) as Body
  const expected = async () => {
    const chunk = rowReader(model.data.signature.inputs).readObjects(memberRecords)
    if (!('columns' in chunk)) throw new Error('unreadable')
    return session.run(chunk)
  }

  it('takes no more rows than it has memory for, however short they are', async () => {
    const { bytes, data } = numberOfText(1)
    const columns = Array.from({ length: 1_000 }, (_, index) => ({
      name: `c${index}`,
      type: 'number' as const,
      source: 'file',
    }))
    const inputs = [...data.signature.inputs, ...columns]
    const wide = await writePackage(
      { bytes, data: { ...data, signature: { ...data.signature, inputs } } },
      { model: 'wide', version: 1 },
    )
    const other = await startServer({ versions: [wide] })
    const rows = Array.from({ length: 20_000 }, () => ({ amount: '1' }))
    const { error } = await json<Failure>(other.predict({ rows }))
    expect(error).toMatchObject({ code: 'server.bad-input', problems: [{ row: 9_990 }] })
    await other.stop()
    await rm(wide.folder, { recursive: true, force: true })
  })

  it('answers one row bit for bit as the model does', async () => {
    const { label, probabilities } = await expected()
    for (const [row, record] of memberRecords.entries()) {
      const answer = await json<Answer>(server.predict(record))
      expect(answer).toMatchObject({ prediction: label![row], model: 'members', version: 3 })
      expect(Object.keys(answer.probabilities)).toEqual(model.data.target.classes)
      expect(Object.values(answer.probabilities)).toEqual(
        Array.from(probabilities!.slice(row * 2, row * 2 + 2), Number),
      )
    }
  })

  it('answers many rows, as a list or under “rows”, and rows that come together as they come alone', async () => {
    const { label } = await expected()
    const alone = await Promise.all(memberRecords.map((record) => json<Answer>(server.predict(record))))
    for (const body of [memberRecords, { rows: memberRecords }]) {
      const { predictions, ...about } = await json<Answers>(server.predict(body))
      expect(about).toEqual({ model: 'members', version: 3 })
      expect(predictions.map(({ prediction }) => prediction)).toEqual(label)
      expect(predictions.map((each) => each.probabilities)).toEqual(alone.map((each) => each.probabilities))
    }
    expect((await json<Answers>(server.predict([]))).predictions).toEqual([])
  })

  it('signs ids that say where they come from', async () => {
    const { predictionId } = await json<Answer>(server.predict(memberRecords[0]))
    expect(readPredictionId(predictionId, secret)).toMatchObject({
      deployment: 7,
      version: 3,
      worker: 0,
      artifact: version.artifact.slice(0, 8),
    })
  })

  it('takes what is left out for null, and says how many fields it does not know', async () => {
    const answer = await server.predict({ age: 30, shoeSize: 42, ['__proto__']: 1 })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('x-pipewright-ignored-fields')).toBe('2')
    const alone = await json<Answer>(Promise.resolve(answer))
    const nulls = { age: 30, city: null, visits: null, isPaying: null, since: null }
    const whole = await json<Answer>(server.predict(nulls))
    expect(alone.probabilities).toEqual(whole.probabilities)
  })

  it('takes over the ids of a request, and makes those that are missing or unusable', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const given = await server.predict(memberRecords[0], {
      'x-request-id': 'order-17',
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    })
    expect(given.headers.get('x-request-id')).toBe('order-17')
    expect(given.headers.get('traceparent')).toMatch(
      new RegExp(`^00-${trace}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
    )
    const made = await server.predict(memberRecords[0], {
      'x-request-id': 'x'.repeat(200),
      traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    })
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/)
    expect(made.headers.get('traceparent')).toMatch(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  })

  it('names row and field of what it cannot read', async () => {
    const one = await server.predict({ age: 'old' })
    expect(one.status).toBe(422)
    expect(((await one.json()) as Failure).error).toEqual({
      code: 'server.bad-input',
      message: '“age” of row 0: “old” is not a number.',
      remedy: 'GET /openapi.json says which columns there are, and of what types.',
      problems: [{ row: 0, field: 'age', message: '“old” is not a number.' }],
    })
    const { error } = await json<Failure>(server.predict([{ age: 1 }, { age: 2, visits: 0.5 }]))
    expect(error.problems).toEqual([{ row: 1, field: 'visits', message: '“0.5” is not a whole number.' }])
  })

  it.each([
    ['nothing', '', 400],
    ['half of an object', '{"age":', 400],
    ['a number that is none', '{"age":NaN}', 400],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400],
    ['a text', '"age"', 422],
    ['an empty row', '{}', 422],
    ['a row without a column of the model', '{"shoeSize":42}', 422],
    ['such a row among others', '[{"age":1},{"shoeSize":42}]', 422],
    ['a number that is too large', '{"age":1e999}', 422],
    ['a list as a value', '{"age":[1]}', 422],
    ['lists in lists', `{"age":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 422],
    ['the character NUL', '{"city":"a\\u0000b"}', 422],
  ])('refuses %s', async (_, body, status) => {
    const headers = { 'content-type': 'application/json' }
    expect((await fetch(`${server.url}/predict`, { method: 'POST', headers, body })).status).toBe(status)
  })

  it('refuses other content types, bodies that are too large, and what is not there', async () => {
    const form = await server.predict('{"age":1}', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(form.status).toBe(415)
    expect((await server.predict(`{"city":"${'x'.repeat(9_000_000)}"}`)).status).toBe(413)
    expect((await server.predict('{"age":1}', { 'content-encoding': 'gzip' })).status).toBe(415)
    expect((await fetch(`${server.url}/models`)).status).toBe(404)
    expect((await fetch(`${server.url}/predict`)).status).toBe(405)
  })

  it('offers the nearest column where none of the fields is one', async () => {
    const problems = async (body: unknown) =>
      (await json<Failure>(server.predict(body))).error.problems?.map(
        (each) => (each as { message: string }).message,
      )
    expect(await problems({ Age: 1 })).toEqual([
      'None of its fields is a column of the model. Is “Age” “age”?',
    ])
    expect(await problems({})).toEqual(['It has no fields.'])
    expect(await problems({ rows: {} })).toEqual(['“rows” is not a list of rows.'])
  })

  it('takes feedback with a class of the model, and with no other label', async () => {
    const { predictionId } = await json<Answer>(server.predict(memberRecords[0]))
    const headers = { 'content-type': 'application/json' }
    const say = (label: unknown) =>
      fetch(`${server.url}/feedback`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ predictionId, label }),
      })
    expect((await say(model.data.target.classes![0])).status).toBe(202)
    const refused = await say('Maybe')
    expect(refused.status).toBe(422)
    expect(((await refused.json()) as Failure).error.message).toContain('“Maybe” is no class of the model.')
  })

  it('keeps a request from failing for what stands in another that it runs with', async () => {
    const folder = await writePackage(numberOfText(0.5), { model: 'total', version: 1 })
    const totals = await startServer({ versions: [folder] })
    const amounts = ['1', 'many', '2', '3', 'few', '4']
    const answers = await Promise.all(amounts.map((amount) => totals.predict({ amount })))
    expect(answers.map(({ status }) => status)).toEqual([200, 500, 200, 200, 500, 200])
    const [first, second] = await Promise.all(answers.map((answer) => answer.json()))
    expect(first).toMatchObject({ prediction: 1.5 })
    expect(second).toMatchObject({ error: { code: 'server.model-failed' } })
    expect(await totals.stop()).toMatchObject({
      errors: { model: 2 },
      versions: { 'total:1': { requests: 4, errors: 2 } },
    })
    await rm(folder.folder, { recursive: true, force: true })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OutputColumns } from '../../../../src/onnx/session.ts'
import { mlflow } from '../../../../src/serving/protocols/mlflow/mlflow-protocol.ts'
import { serverError } from '../../../../src/serving/server/errors.ts'
import { memberColumns, memberRecords, members } from '../../../fixtures/serving/members.ts'
import { serveRoutes } from '../../../fixtures/serving/serve-routes.ts'
import {
  openSmallEndpoint,
  trainSmallModel,
  type SmallEndpoint,
} from '../../../fixtures/serving/small-endpoint.ts'

let endpoint: SmallEndpoint
let server: Awaited<ReturnType<typeof serveRoutes>>
let direct: OutputColumns
beforeAll(async () => {
  endpoint = await openSmallEndpoint(await trainSmallModel())
  server = await serveRoutes([mlflow], { handler: endpoint.handler })
  const chunk = endpoint.handler.versions[0]!.reader.readObjects(memberRecords)
  if (!('columns' in chunk)) throw new Error(JSON.stringify(chunk))
  direct = await endpoint.session.run(chunk)
})
afterAll(async () => {
  await server.close()
  await endpoint.session.close()
})
beforeEach(() => endpoint.behave({ ready: true, failure: null, fallback: null }))

async function invoke(body: unknown, type = 'application/json') {
  const response = await fetch(`${server.url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

const rows = members.city.map((_, row) => memberColumns.map((name) => members[name][row] ?? null))
const split = { columns: memberColumns, index: [0, 1, 2], data: rows }
const csv = [
  'since,note,visits,isPaying,city,age',
  '2016-03-15,"a, ""b""\nc",3,True,Berlin,31.5',
  '2020-11-15,,0,False,"Łódź",',
  '2019-01-15,x,19,True,,64',
  '',
].join('\r\n')

describe('invocations', () => {
  it('answer every layout of a table as the model does', async () => {
    const layouts: [body: unknown, type: string][] = [
      [{ dataframe_split: split }, 'application/json'],
      [{ dataframe_split: { data: rows } }, 'application/json; charset=utf-8'],
      [{ dataframe_records: memberRecords }, 'application/json'],
      [{ instances: memberRecords }, 'application/json'],
      [{ instances: rows }, 'application/json'],
      [{ inputs: members }, 'application/json'],
      [{ inputs: rows, params: {} }, 'application/json'],
      [csv, 'text/csv'],
    ]
    for (const [body, type] of layouts) {
      const { status, json } = await invoke(body, type)
      expect({ status, predictions: json['predictions'] }).toEqual({
        status: 200,
        predictions: direct['label'],
      })
    }
  })

  it('give probabilities by class, version and prediction ids beside the predictions', async () => {
    const { json } = await invoke({ dataframe_records: memberRecords.slice(0, 1) })
    const [no, yes] = direct['probabilities'] as Float32Array
    expect(json).toMatchObject({
      probabilities: [{ no, yes }],
      model: 'members',
      version: '1',
      prediction_ids: [expect.any(String)],
    })
  })

  it('read NaN, as Python writes it, and infinities', async () => {
    const text = JSON.stringify({ dataframe_split: split })
    expect((await invoke(text.replace('null', 'NaN'))).json['predictions']).toEqual(direct['label'])
    const infinite = await invoke(text.replace('31.5', '-Infinity'))
    expect(infinite.status).toBe(200)
  })

  it('leave a word alone that is within a text', async () => {
    const text = JSON.stringify({ dataframe_split: split })
      .replace('Berlin', 'NaN \\" Infinity')
      .replace('null', 'NaN')
    await invoke(text)
    expect(endpoint.requests.at(-1)!.chunk.columns['city']![0]).toBe('NaN " Infinity')
  })

  it('take columns that are no inputs, but miss none that is', async () => {
    const more = memberRecords.map((record) => ({ ...record, customer: 7 }))
    expect((await invoke({ dataframe_records: more })).status).toBe(200)
    const less = memberRecords.map((record) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'age')),
    )
    expect(await invoke({ dataframe_records: less })).toMatchObject({
      status: 400,
      json: { error_code: 'BAD_REQUEST', message: expect.stringContaining('“age”') as string },
    })
  })

  it.each([
    ['a list', []],
    ['two layouts', { instances: [], inputs: [] }],
    ['no layout', { rows: [] }],
    ['no rows', { dataframe_records: [] }],
    ['rows of other lengths', { dataframe_split: { columns: memberColumns, data: [[1]] } }],
    ['a column twice', { dataframe_split: { columns: ['age', 'age'], data: [[1, 2]] } }],
    ['columns of other lengths', { inputs: { ...members, age: [1] } }],
    ['a text for a number', { dataframe_records: [{ ...memberRecords[0], age: 'old' }] }],
    ['an object for a value', { dataframe_records: [{ ...memberRecords[0], age: { a: 1 } }] }],
    ['text that is no JSON', '{"inputs":'],
  ])('refuse %s with status 400', async (_, body) => {
    const { status, json } = await invoke(body)
    expect({ status, code: json['error_code'] }).toEqual({ status: 400, code: 'BAD_REQUEST' })
    expect(json['message']).toMatch(/\w/)
  })

  it('refuse what is not in UTF-8', async () => {
    expect((await invoke(csv, 'text/csv; charset=latin1')).status).toBe(415)
  })

  it('tell a busy server from a broken request', async () => {
    endpoint.behave({ failure: serverError('busy') })
    expect(await invoke({ dataframe_records: memberRecords })).toMatchObject({
      status: 503,
      json: { error_code: 'TEMPORARILY_UNAVAILABLE' },
    })
  })
})

describe('health', () => {
  it('is told by /ping and /health', async () => {
    expect((await fetch(`${server.url}/ping`)).status).toBe(200)
    endpoint.behave({ ready: false })
    expect((await fetch(`${server.url}/health`)).status).toBe(503)
  })

  it('comes with a version', async () => {
    expect(await (await fetch(`${server.url}/version`)).text()).toBe('1.2.3')
  })
})

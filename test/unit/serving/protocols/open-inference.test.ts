import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OutputColumns } from '../../../../src/onnx/session.ts'
import { serverError } from '../../../../src/serving/server/errors.ts'
import { openInference } from '../../../../src/serving/protocols/open-inference/open-inference-protocol.ts'
import { memberRecords, memberTensors } from '../../../fixtures/serving/members.ts'
import { noStatistics, serveRoutes } from '../../../fixtures/serving/serve-routes.ts'
import {
  openSmallEndpoint,
  trainSmallModel,
  type SmallEndpoint,
} from '../../../fixtures/serving/small-endpoint.ts'
import { violations } from './open-inference-schemas.ts'

let endpoint: SmallEndpoint
let server: Awaited<ReturnType<typeof serveRoutes>>
let direct: OutputColumns

beforeAll(async () => {
  const small = await trainSmallModel()
  endpoint = await openSmallEndpoint(small, [
    { version: 3 },
    { version: 10 },
    { version: 11, role: 'shadow' },
  ])
  const statistics = {
    ...noStatistics,
    versions: {
      'members:3': {
        model: 'members',
        version: 3,
        role: 'live' as const,
        requests: 7,
        rows: 21,
        errors: 1,
        lastAt: 1_700_000_000_000,
        latency: { counts: [4, 2], sum: 0.25 },
        labels: {},
        value: { count: 0, sum: 0, sumOfSquares: 0 },
      },
    },
  }
  server = await serveRoutes([openInference], { handler: endpoint.handler, statistics })
  const chunk = endpoint.handler.versions[0]!.reader.readObjects(memberRecords)
  if (!('columns' in chunk)) throw new Error(JSON.stringify(chunk))
  direct = await endpoint.session.run(chunk)
})
afterAll(async () => {
  await server.close()
  await endpoint.session.close()
})
beforeEach(() => {
  endpoint.behave({ ready: true, failure: null, fallback: null })
  endpoint.handler.stickyBy = null
  endpoint.requests.length = 0
})

const get = async (path: string): Promise<{ status: number; json: unknown }> => {
  const response = await fetch(`${server.url}${path}`)
  return { status: response.status, json: await response.json() }
}
const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}
const infer = (body: unknown, path = '/v2/models/members/infer') => post(path, body)
const changed = <Tensor extends object>(tensor: Tensor, change: object) =>
  Object.assign({ ...tensor }, change)
const withTensor = (name: string, change: object) => ({
  inputs: memberTensors().map((tensor) => (tensor.name === name ? changed(tensor, change) : tensor)),
})

describe('the description of server and models', () => {
  it('is as the protocol says', async () => {
    const answers = {
      serverLive: await get('/v2/health/live'),
      serverReady: await get('/v2/health/ready'),
      serverMetadata: await get('/v2'),
      modelReady: await get('/v2/models/members/ready'),
      modelMetadata: await get('/v2/models/members/versions/10'),
      statistics: await get('/v2/models/members/versions/3/stats'),
      repositoryIndex: await post('/v2/repository/index', ''),
    }
    for (const [name, { status, json }] of Object.entries(answers))
      expect({ name, status, wrong: violations(name as keyof typeof answers, json) }).toEqual({
        name,
        status: 200,
        wrong: [],
      })
  })

  it('names a tensor for each raw column and each answer', async () => {
    const { json } = await get('/v2/models/members')
    expect(json).toEqual({
      name: 'members',
      versions: ['3', '10'],
      platform: 'onnxruntime_onnx',
      inputs: [
        { name: 'city', datatype: 'BYTES', shape: [-1, 1] },
        { name: 'age', datatype: 'FP64', shape: [-1, 1] },
        { name: 'visits', datatype: 'INT64', shape: [-1, 1] },
        { name: 'isPaying', datatype: 'BOOL', shape: [-1, 1] },
        { name: 'since', datatype: 'BYTES', shape: [-1, 1] },
      ],
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [-1, 1] },
        { name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
      ],
    })
  })

  it('lists no shadow among the versions', async () => {
    const { json } = await post('/v2/repository/index', { ready: true })
    expect(json).toEqual([
      { name: 'members', version: '3', state: 'READY', reason: '' },
      { name: 'members', version: '10', state: 'READY', reason: '' },
    ])
  })

  it('has a status in the 400s while it is not ready', async () => {
    endpoint.behave({ ready: false })
    expect((await get('/v2/health/live')).status).toBe(200)
    expect((await get('/v2/health/ready')).status).toBe(400)
    expect((await get('/v2/models/members/ready')).status).toBe(400)
    expect((await post('/v2/repository/index', '')).json).toMatchObject([
      { state: 'UNAVAILABLE' },
      { state: 'UNAVAILABLE' },
    ])
  })

  it('gives the configuration with shapes without the dimension of rows', async () => {
    const { json } = await get('/v2/models/members/config')
    expect(json).toMatchObject({
      name: 'members',
      platform: 'onnxruntime_onnx',
      backend: 'onnxruntime',
      input: [{ name: 'city', data_type: 'TYPE_STRING', dims: [1] }, {}, {}, {}, {}],
      output: [{}, { name: 'probabilities', data_type: 'TYPE_FP32', dims: [2] }],
    })
  })

  it('gives what the server counted', async () => {
    const { json } = await get('/v2/models/stats')
    const { model_stats: stats } = json as { model_stats: object[] }
    expect(violations('statistics', json)).toEqual([])
    expect(stats).toMatchObject([
      {
        version: '3',
        last_inference: 1_700_000_000_000,
        inference_count: 21,
        execution_count: 6,
        inference_stats: { success: { count: 6, ns: 250_000_000 }, fail: { count: 1 } },
      },
      { version: '10', last_inference: 0, inference_count: 0 },
    ])
  })
})

describe('inference in JSON', () => {
  it('answers as the model does, with the id of the request', async () => {
    const { status, json } = await infer({ id: '42', inputs: memberTensors() })
    expect(status).toBe(200)
    expect(violations('inference', json)).toEqual([])
    expect(json).toEqual({
      id: '42',
      model_name: 'members',
      model_version: '3',
      parameters: { prediction_ids: 'p1-0,p1-1,p1-2' },
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [3, 1], data: direct['label'] },
        {
          name: 'probabilities',
          datatype: 'FP32',
          shape: [3, 2],
          data: Array.from(direct['probabilities'] as Float32Array),
        },
      ],
    })
  })

  it('takes shapes [N] and [N, 1], data flat and nested, and narrower types of numbers', async () => {
    const { json } = await infer({ inputs: memberTensors(), outputs: [{ name: 'probabilities' }] })
    const flat = memberTensors().map((tensor) => changed(tensor, { shape: [3] }))
    const nested = memberTensors().map((tensor) =>
      changed(tensor, { data: tensor.data.map((value) => [value]) }),
    )
    const narrow = withTensor('visits', { datatype: 'UINT8' }).inputs
    const asNumbers = withTensor('isPaying', { datatype: 'FP32', data: [1, 0, 1] }).inputs
    const asTexts = withTensor('age', { datatype: 'BYTES', data: ['31.5', '', ' 64 '] }).inputs
    for (const inputs of [flat, nested, narrow, asNumbers, asTexts]) {
      const other = await infer({ inputs, outputs: [{ name: 'probabilities' }] })
      expect(other.json['outputs']).toEqual(json['outputs'])
    }
  })

  it('reads the bare NaN of Python as “no value”', async () => {
    const body = JSON.stringify({ inputs: memberTensors() }).replace('[31.5,null,64]', '[31.5,NaN,64]')
    const { json } = await infer(body)
    expect(json['outputs']).toMatchObject([{ data: direct['label'] }, {}])
  })

  it('gives the wanted outputs in their order, classified where that is asked', async () => {
    const { json } = await infer({
      inputs: memberTensors(),
      outputs: [{ name: 'probabilities', parameters: { classification: 1 } }, { name: 'label' }],
    })
    const [classes, label] = json['outputs'] as { data: string[]; shape: number[]; datatype: string }[]
    expect(violations('inference', json)).toEqual([])
    expect(classes).toMatchObject({ datatype: 'BYTES', shape: [3, 1] })
    expect(classes!.data.map((each) => each.split(':').slice(1))).toEqual(
      label!.data.map((each) => [each === 'no' ? '0' : '1', each]),
    )
  })

  it('asks for a version only where the address names one', async () => {
    const { json } = await infer({ inputs: memberTensors() }, '/v2/models/members/versions/10/infer')
    await infer({ inputs: memberTensors() })
    expect(json['model_version']).toBe('10')
    expect(endpoint.requests.map(({ version }) => version)).toEqual([10, undefined])
  })

  it('hands on what a sticky deployment goes by, also a column that is no input', async () => {
    endpoint.handler.stickyBy = 'customer'
    const customer = { name: 'customer', datatype: 'BYTES', shape: [3], data: ['a', 'b', 'c'] }
    await infer({ inputs: [...memberTensors(), customer] })
    endpoint.handler.stickyBy = 'header:X-Customer'
    await post('/v2/models/members/infer', { inputs: memberTensors() }, { 'x-customer': 'z' })
    expect(endpoint.requests.map(({ stickyKeys }) => stickyKeys)).toEqual([['a', 'b', 'c'], ['z']])
  })

  it('marks the answer of a fallback, and leaves out what it does not say', async () => {
    endpoint.behave({ fallback: 'no' })
    const { json } = await infer({ inputs: memberTensors() })
    expect(violations('inference', json)).toEqual([])
    expect(json).toMatchObject({ parameters: { fallback: true }, outputs: [{ name: 'label' }] })
  })
})

describe('refusals', () => {
  const wrong: [what: string, body: unknown, status: number, says: RegExp][] = [
    ['text that is no JSON', '{"inputs": [', 400, /JSON/],
    ['a list', [], 400, /object/],
    ['no inputs', { inputs: [] }, 400, /inputs/],
    ['a missing tensor', { inputs: memberTensors().slice(1) }, 400, /“city”.*missing/],
    ['a tensor twice', { inputs: [...memberTensors(), memberTensors()[0]] }, 400, /“city”.*twice/],
    [
      'a tensor of another name',
      { inputs: [...memberTensors(), { ...memberTensors()[0], name: '__proto__' }] },
      400,
      /“__proto__”.*no input/,
    ],
    ['an unknown datatype', withTensor('age', { datatype: 'FP8' }), 400, /“age”.*FP8/],
    ['a shape of several values a row', withTensor('age', { shape: [1, 3] }), 400, /“age”.*\[rows\]/],
    ['a negative shape', withTensor('age', { shape: [-1] }), 400, /“age”.*shape/],
    ['other rows than the others', withTensor('age', { shape: [1], data: [2] }), 400, /“age”.*1 rows/],
    ['too little data', withTensor('age', { data: [1] }), 400, /“age”.*1 elements/],
    ['data of another type', withTensor('age', { data: ['a', 'b', 'c'] }), 400, /“age”.*no FP64/],
    [
      'texts that are no numbers',
      withTensor('age', { datatype: 'BYTES', data: ['a', '1', '2'] }),
      400,
      /Row 0.*“age”/,
    ],
    ['numbers too large for a column', withTensor('visits', { data: [1e300, 1, 1] }), 400, /“visits”/],
    ['an output that is none', { inputs: memberTensors(), outputs: [{ name: 'score' }] }, 400, /“score”/],
    ['shared memory', withTensor('age', { parameters: { shared_memory_region: 'a' } }), 400, /shared/],
  ]
  it.each(wrong)('answer %s in words', async (_, body, status, says) => {
    const answer = await infer(body)
    expect({ status: answer.status, wrong: violations('error', answer.json) }).toEqual({ status, wrong: [] })
    expect(answer.json['error']).toMatch(says)
  })

  it('are 404 for models and versions that are not served', async () => {
    const paths = [
      '/v2/models/other',
      '/v2/models/members/versions/4',
      '/v2/models/members/versions/11/ready',
    ]
    for (const path of paths) {
      const { status, json } = await get(path)
      expect({ path, status, wrong: violations('error', json) }).toEqual({ path, status: 404, wrong: [] })
    }
    expect((await infer({ inputs: memberTensors() }, '/v2/models/other/infer')).status).toBe(404)
  })

  it('keep the status of the server’s own errors', async () => {
    endpoint.behave({ failure: serverError('busy') })
    expect((await infer({ inputs: memberTensors() })).status).toBe(503)
    endpoint.behave({ failure: serverError('timeout', { limit: 10 }) })
    expect((await infer({ inputs: memberTensors() })).status).toBe(504)
  })
})

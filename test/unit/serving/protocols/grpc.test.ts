import { once } from 'node:events'
import { connect, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2'
import { Client, Metadata, credentials, status, type ServiceError } from '@grpc/grpc-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { OutputColumns } from '../../../../src/onnx/session.ts'
import type {
  InferRequestMessage,
  InferResponseMessage,
} from '../../../../src/serving/protocols/grpc/infer-messages.ts'
import {
  loadOpenInference,
  openGrpcServer,
  type GrpcServer,
} from '../../../../src/serving/protocols/grpc/open-grpc-server.ts'
import { serverError } from '../../../../src/serving/server/errors.ts'
import { memberRecords, memberTensors } from '../../../fixtures/serving/members.ts'
import { noStatistics } from '../../../fixtures/serving/serve-routes.ts'
import {
  openSmallEndpoint,
  trainSmallModel,
  type SmallEndpoint,
} from '../../../fixtures/serving/small-endpoint.ts'

let endpoint: SmallEndpoint
let server: GrpcServer
let client: Client
let direct: OutputColumns
const failures: unknown[] = []
const service = loadOpenInference()

const open = (): Promise<GrpcServer> =>
  openGrpcServer(
    { host: '127.0.0.1', port: 0, sharesPort: false },
    {
      handler: endpoint.handler,
      productVersion: '1.2.3',
      statistics: () => Promise.resolve([noStatistics, noStatistics]),
      onFailure: ({ report, status: code, route, trace }) =>
        void failures.push([route, report.code, code, trace.requestId]),
      isAllowed: (authorization) => authorization === 'Bearer secret',
      traceOf: (header) => ({ requestId: header('x-request-id') ?? 'made', traceparent: '' }),
    },
  )

beforeAll(async () => {
  endpoint = await openSmallEndpoint(await trainSmallModel(), [{ version: 3 }])
  server = await open()
  client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure())
  const chunk = endpoint.handler.versions[0]!.reader.readObjects(memberRecords)
  if (!('columns' in chunk)) throw new Error(JSON.stringify(chunk))
  direct = await endpoint.session.run(chunk)
})
afterAll(async () => {
  client.close()
  await server.drain()
  await endpoint.session.close()
})
beforeEach(() => endpoint.behave({ ready: true, failure: null, fallback: null }))

function call(
  method: string,
  message: object = {},
  { token = 'Bearer secret', from = client }: { token?: string; from?: Client } = {},
): Promise<unknown> {
  const { path, requestSerialize, responseDeserialize } = service[method]!
  const metadata = new Metadata()
  metadata.set('authorization', token)
  metadata.set('x-request-id', 'r-1')
  return new Promise((resolve, reject) => {
    from.makeUnaryRequest(path, requestSerialize, responseDeserialize, message, metadata, (error, value) =>
      error ? reject(error) : resolve(value),
    )
  })
}
const infer = (message: object) =>
  call('ModelInfer', { model_name: 'members', ...message }) as Promise<InferResponseMessage>
const refused = (method: string, message?: object, options?: { token?: string }): Promise<ServiceError> =>
  call(method, message, options).then(
    () => Promise.reject(new Error('It was answered')),
    (error: ServiceError) => error,
  )

/** Sends the head of a call, and nothing more yet. */
function beginCall(session: ClientHttp2Session, method: string, token: string): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': service[method]!.path,
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: token,
  })
  return stream.on('error', () => {}).resume()
}
/** Of gRPC. */
const codeOfEnd = (stream: ClientHttp2Stream): Promise<status> =>
  new Promise((resolve) => {
    const look = (headers: Record<string, unknown>): void => {
      if (headers['grpc-status'] !== undefined) resolve(Number(headers['grpc-status']))
    }
    stream.on('response', look).on('trailers', look)
  })

const contentsOf = {
  BYTES: (data: unknown[]) => ({ bytes_contents: data.map((text) => Buffer.from(String(text))) }),
  FP64: (data: unknown[]) => ({ fp64_contents: data.map((value) => value ?? NaN) }),
  INT64: (data: unknown[]) => ({ int64_contents: data }),
  BOOL: (data: unknown[]) => ({ bool_contents: data }),
}
const typedInputs = () =>
  memberTensors().map(({ name, datatype, shape, data }) => ({
    name,
    datatype,
    shape,
    contents: contentsOf[datatype as keyof typeof contentsOf](data),
  }))
/** Little-endian, as the text of the protocol says. */
function rawInputs(): Pick<InferRequestMessage, 'raw_input_contents'> & { inputs: object[] } {
  const numbers = (values: ArrayBufferView): Uint8Array => new Uint8Array(values.buffer)
  const texts = (data: unknown[]): Uint8Array =>
    Buffer.concat(
      data.map((text) => {
        const bytes = Buffer.from(String(text))
        const length = Buffer.alloc(4)
        length.writeUInt32LE(bytes.length)
        return Buffer.concat([length, bytes])
      }),
    )
  return {
    inputs: memberTensors().map(({ name, datatype, shape }) => ({ name, datatype, shape })),
    raw_input_contents: memberTensors().map(({ datatype, data }) => {
      if (datatype === 'FP64') return numbers(Float64Array.from(data, (value) => (value ?? NaN) as number))
      if (datatype === 'INT64') return numbers(BigInt64Array.from(data, (value) => BigInt(value as number)))
      return datatype === 'BOOL' ? Uint8Array.from(data, Number) : texts(data)
    }),
  }
}

describe('the protocol over gRPC', () => {
  it('answers typed contents with typed contents, and raw ones with raw ones', async () => {
    const typed = await infer({ id: '42', inputs: typedInputs() })
    const raw = await infer(rawInputs())
    expect(typed).toMatchObject({
      model_name: 'members',
      model_version: '3',
      id: '42',
      raw_output_contents: [],
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: ['3', '1'] },
        { name: 'probabilities', datatype: 'FP32', shape: ['3', '2'] },
      ],
    })
    expect(typed.outputs[0]!.contents!.bytes_contents!.map(String)).toEqual(direct['label'])
    expect(typed.outputs[1]!.contents!.fp32_contents).toEqual(
      Array.from(direct['probabilities'] as Float32Array),
    )
    expect(raw.outputs.map(({ contents }) => contents)).toEqual([null, null])
    const floats = Buffer.from(raw.raw_output_contents[1]!)
    expect(Array.from({ length: 6 }, (_, index) => floats.readFloatLE(index * 4))).toEqual(
      Array.from(direct['probabilities'] as Float32Array),
    )
  })

  it('gives the wanted outputs, and hands on ids of the trace', async () => {
    const outputs = [{ name: 'probabilities', parameters: { classification: { int64_param: '1' } } }]
    const answer = await infer({ ...rawInputs(), outputs })
    expect(answer.outputs).toMatchObject([{ name: 'probabilities', datatype: 'BYTES', shape: ['3', '1'] }])
    expect(answer.raw_output_contents).toHaveLength(1)
    expect(endpoint.requests.at(-1)!.trace.requestId).toBe('r-1')
  })

  it('tells health, metadata, configuration, statistics and the index', async () => {
    expect(await call('ServerLive', {}, { token: '' })).toEqual({ live: true })
    expect(await call('ServerReady', {}, { token: '' })).toEqual({ ready: true })
    expect(await call('ModelReady', { name: 'members', version: '3' })).toEqual({ ready: true })
    expect(await call('ModelReady', { name: 'others' })).toEqual({ ready: false })
    expect(await call('ServerMetadata')).toMatchObject({ name: 'pipewright', version: '1.2.3' })
    expect(await call('ModelMetadata', { name: 'members' })).toMatchObject({
      versions: ['3'],
      inputs: [{ name: 'city', datatype: 'BYTES', shape: ['-1', '1'] }, {}, {}, {}, {}],
    })
    expect(await call('ModelConfig', { name: 'members' })).toMatchObject({
      config: {
        backend: 'onnxruntime',
        version_policy: { specific: { versions: ['3'] } },
        input: [{ data_type: 'TYPE_STRING', dims: ['1'] }, {}, {}, {}, {}],
        output: [{}, { data_type: 'TYPE_FP32', dims: ['2'] }],
      },
    })
    expect(await call('ModelStatistics')).toMatchObject({
      model_stats: [{ name: 'members', version: '3', inference_count: '0' }],
    })
    const index = { models: [{ name: 'members', version: '3', state: 'READY', reason: '' }] }
    expect(await call('RepositoryIndex', { ready: true })).toEqual(index)
    endpoint.behave({ ready: false })
    expect(await call('ServerReady')).toEqual({ ready: false })
    expect(await call('RepositoryIndex', { ready: true })).toEqual({ models: [] })
  })

  it('refuses in words and with the code for it', async () => {
    const inputs = typedInputs()
    const wrong: [method: string, message: object, code: status][] = [
      ['ModelInfer', { model_name: 'other', inputs }, status.NOT_FOUND],
      ['ModelInfer', { model_name: 'other' }, status.NOT_FOUND],
      ['ModelMetadata', { name: 'members', version: '9' }, status.NOT_FOUND],
      ['ModelInfer', { model_name: 'members' }, status.INVALID_ARGUMENT],
      ['ModelInfer', { model_name: 'members', inputs: inputs.slice(1) }, status.INVALID_ARGUMENT],
      [
        'ModelInfer',
        { model_name: 'members', inputs, raw_input_contents: [Buffer.alloc(1)] },
        status.INVALID_ARGUMENT,
      ],
      [
        'ModelInfer',
        {
          model_name: 'members',
          inputs: inputs.map(({ name, datatype }) => ({ name, datatype, shape: ['3'] })),
        },
        status.INVALID_ARGUMENT,
      ],
    ]
    for (const [method, message, code] of wrong) {
      const error = await refused(method, message)
      expect({ message, code: error.code }).toEqual({ message, code })
      expect(error.details).toMatch(/\w+/)
    }
    endpoint.behave({ failure: serverError('busy') })
    expect((await refused('ModelInfer', { model_name: 'members', inputs })).code).toBe(status.UNAVAILABLE)
  })

  it('asks for the token, but for health, and tells of who has none', async () => {
    failures.length = 0
    const error = await refused('ModelMetadata', { name: 'members' }, { token: 'Bearer other' })
    expect(failures).toEqual([['ModelMetadata', 'server.no-token', 401, 'r-1']])
    expect(error.code).toBe(status.UNAUTHENTICATED)
    expect(await call('ServerLive', {}, { token: '' })).toEqual({ live: true })
  })

  it('decides by the head of a call, before its message is there', async () => {
    const session = connect(`http://127.0.0.1:${server.port}`)
    failures.length = 0
    const [refusal, health] = [
      beginCall(session, 'ModelInfer', 'Bearer other'),
      beginCall(session, 'ServerLive', ''),
    ]
    expect(await codeOfEnd(refusal)).toBe(status.UNAUTHENTICATED)
    expect(await codeOfEnd(health)).toBe(status.OK)
    expect(failures).toEqual([['ModelInfer', 'server.no-token', 401, 'made']])
    session.destroy()
  })

  it('takes so many calls at a time, of one connection and of all, and answers again afterwards', async () => {
    const sessions = Array.from({ length: 2 }, () => connect(`http://127.0.0.1:${server.port}`))
    for (const session of sessions) {
      await once(session, 'remoteSettings')
      expect(session.remoteSettings.maxConcurrentStreams).toBe(128)
      for (let index = 0; index < 128; index += 1) beginCall(session, 'ModelMetadata', 'Bearer secret')
      await new Promise((resolve) => session.ping(resolve))
    }
    expect((await refused('ModelMetadata', { name: 'members' })).code).toBe(status.UNAVAILABLE)
    expect(await call('ServerLive')).toEqual({ live: true })
    for (const session of sessions) session.destroy()
    await vi.waitFor(() => call('ModelMetadata', { name: 'members' }), { interval: 5 })
  })

  it('ends a call whose message does not come', async () => {
    const session = connect(`http://127.0.0.1:${server.port}`)
    await once(session, 'remoteSettings')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const stream = beginCall(session, 'ModelInfer', 'Bearer secret')
      const code = codeOfEnd(stream)
      await new Promise((resolve) => session.ping(resolve))
      vi.advanceTimersByTime(30_000)
      expect(await code).toBe(status.INVALID_ARGUMENT)
    } finally {
      vi.useRealTimers()
      session.destroy()
    }
  })

  it('answers what it took before it ends', async () => {
    const other = await open()
    const from = new Client(`127.0.0.1:${other.port}`, credentials.createInsecure())
    const predict = endpoint.handler.predict.bind(endpoint.handler)
    const gate = Promise.withResolvers<undefined>()
    const arrived = Promise.withResolvers<undefined>()
    endpoint.handler.predict = async (request) => {
      arrived.resolve(undefined)
      await gate.promise
      return predict(request)
    }
    const answer = call('ModelInfer', { model_name: 'members', inputs: typedInputs() }, { from })
    await arrived.promise
    const drained = other.drain()
    gate.resolve(undefined)
    expect(await answer).toMatchObject({ model_name: 'members' })
    await drained
    endpoint.handler.predict = predict
    from.close()
  })
})

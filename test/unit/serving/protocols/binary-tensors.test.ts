import { gunzipSync, gzipSync, deflateSync, inflateSync } from 'node:zlib'
import { request } from 'node:http'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OutputColumns } from '../../../../src/onnx/session.ts'
import { readRawTensor } from '../../../../src/serving/protocols/open-inference/read-raw-tensor.ts'
import { writeRawTensor } from '../../../../src/serving/protocols/open-inference/write-raw-tensor.ts'
import { openInference } from '../../../../src/serving/protocols/open-inference/open-inference-protocol.ts'
import { memberRecords, memberTensors } from '../../../fixtures/serving/members.ts'
import { serveRoutes } from '../../../fixtures/serving/serve-routes.ts'
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
  endpoint = await openSmallEndpoint(await trainSmallModel())
  server = await serveRoutes([openInference], { handler: endpoint.handler })
  const chunk = endpoint.handler.versions[0]!.reader.readObjects(memberRecords)
  if (!('columns' in chunk)) throw new Error(JSON.stringify(chunk))
  direct = await endpoint.session.run(chunk)
})
afterAll(async () => {
  await server.close()
  await endpoint.session.close()
})

interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** As bytes over HTTP, with no header that is not given. */
function send(body: Uint8Array, headers: Record<string, string | number>): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/v2/models/members/infer`, { method: 'POST', headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts) }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Written here from the text of the extension, to hold the server against. */
function rawOf({ datatype, data }: { datatype: string; data: readonly unknown[] }): Buffer {
  return Buffer.concat(
    data.map((value) => {
      const buffer = Buffer.alloc(8)
      switch (datatype) {
        case 'FP64':
          buffer.writeDoubleLE(value === null ? NaN : (value as number))
          return buffer
        case 'INT64':
          buffer.writeBigInt64LE(BigInt(value as number))
          return buffer
        case 'BOOL':
          return Buffer.from([value ? 1 : 0])
        default: {
          const text = Buffer.from(String(value))
          const length = Buffer.alloc(4)
          length.writeUInt32LE(text.length)
          return Buffer.concat([length, text])
        }
      }
    }),
  )
}

/** A request as Triton's clients build it: JSON, then the bytes of each tensor. */
function binaryRequest(more: object = { parameters: { binary_data_output: true } }) {
  const raw = memberTensors().map(rawOf)
  const inputs = memberTensors().map(({ name, datatype, shape }, index) => ({
    name,
    datatype,
    shape,
    parameters: { binary_data_size: raw[index]!.length },
  }))
  const json = Buffer.from(JSON.stringify({ id: 'b1', inputs, ...more }))
  return {
    body: Buffer.concat([json, ...raw]),
    headers: { 'Inference-Header-Content-Length': json.length },
  }
}

function readAnswer({ headers, body }: RawAnswer) {
  const length = Number(headers['inference-header-content-length'])
  const json = JSON.parse(body.subarray(0, length).toString()) as {
    id: string
    outputs: { name: string; shape: number[]; parameters: { binary_data_size: number } }[]
  }
  let at = length
  const raw = json.outputs.map(({ parameters }) => {
    const bytes = body.subarray(at, at + parameters.binary_data_size)
    at += parameters.binary_data_size
    return bytes
  })
  return { json, raw, rest: body.length - at }
}

describe('binary tensors over HTTP', () => {
  it('come and go in bytes, without a content type', async () => {
    const { body, headers } = binaryRequest()
    const answer = await send(body, headers)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/octet-stream')
    const { json, raw, rest } = readAnswer(answer)
    expect(violations('inference', json)).toEqual([])
    expect(json.id).toBe('b1')
    expect(rest).toBe(0)
    expect(raw[0]).toEqual(rawOf({ datatype: 'BYTES', data: direct['label'] as string[] }))
    expect(Array.from({ length: 6 }, (_, index) => raw[1]!.readFloatLE(index * 4))).toEqual(
      Array.from(direct['probabilities'] as Float32Array),
    )
  })

  it('are mixed with JSON as each output asks', async () => {
    const { body, headers } = binaryRequest({
      outputs: [{ name: 'label' }, { name: 'probabilities', parameters: { binary_data: true } }],
    })
    const answer = await send(body, headers)
    const length = Number(answer.headers['inference-header-content-length'])
    const json = JSON.parse(answer.body.subarray(0, length).toString()) as object
    expect(violations('inference', json)).toEqual([])
    expect(json).toMatchObject({
      outputs: [{ data: direct['label'] }, { parameters: { binary_data_size: 24 } }],
    })
    expect(answer.body.length - length).toBe(24)
  })

  it('give JSON alone where nothing asks for bytes', async () => {
    const { body, headers } = binaryRequest({})
    const answer = await send(body, headers)
    expect(answer.headers['inference-header-content-length']).toBeUndefined()
    expect(answer.headers['content-type']).toContain('application/json')
    expect(JSON.parse(answer.body.toString())).toMatchObject({ outputs: [{ data: direct['label'] }, {}] })
  })

  it.each([
    ['gzip', gzipSync, gunzipSync],
    ['deflate', deflateSync, inflateSync],
  ] as const)('are taken and given in %s', async (coding, encode, decode) => {
    const { body, headers } = binaryRequest()
    const answer = await send(encode(body), {
      ...headers,
      'Content-Encoding': coding,
      'Accept-Encoding': coding,
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-encoding']).toBe(coding)
    const { raw } = readAnswer({ ...answer, body: decode(answer.body) })
    expect(raw[0]).toEqual(rawOf({ datatype: 'BYTES', data: direct['label'] as string[] }))
  })

  it('are refused in words where the bytes do not fit', async () => {
    const { body, headers } = binaryRequest()
    const refused: [Uint8Array, Record<string, string | number>, number][] = [
      [body.subarray(0, -1), headers, 400],
      [Buffer.concat([body, Buffer.from('x')]), headers, 400],
      [body, { 'Inference-Header-Content-Length': body.length + 1 }, 400],
      [body, { 'Inference-Header-Content-Length': '-1' }, 400],
      [body, { 'Inference-Header-Content-Length': 'NaN' }, 400],
      [body, {}, 400],
      [body, { ...headers, 'Content-Encoding': 'gzip' }, 400],
      [body, { ...headers, 'Content-Encoding': 'br' }, 415],
      [new Uint8Array(), {}, 400],
      [Buffer.from([0xff, 0xfe, 0x7b]), {}, 400],
    ]
    for (const [bytes, given, status] of refused) {
      const answer = await send(bytes, given)
      const json = JSON.parse(answer.body.toString()) as unknown
      expect({ status: answer.status, wrong: violations('error', json) }).toEqual({ status, wrong: [] })
    }
  })

  it('may not grow without end when they are unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(17 * 1024 * 1024), { level: 1 })
    expect((await send(bomb, { 'Content-Encoding': 'gzip' })).status).toBe(413)
  })
})

describe('raw tensors', () => {
  it('hold numbers and texts to the bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.array(fc.string(), { maxLength: 5 }), (numbers, texts) => {
        const doubles = Float64Array.from(numbers)
        const singles = Float32Array.from(numbers)
        const count = numbers.length
        expect(readRawTensor(writeRawTensor(doubles), { type: 'FP64', count })).toEqual([...doubles])
        expect(readRawTensor(writeRawTensor(singles), { type: 'FP32', count })).toEqual([...singles])
        const wellFormed = texts.map((text) => text.toWellFormed())
        expect(readRawTensor(writeRawTensor(wellFormed), { type: 'BYTES', count: texts.length })).toEqual(
          wellFormed,
        )
      }),
    )
  })

  it('never read past their end, and say what is wrong', () => {
    const types = ['BOOL', 'INT8', 'UINT16', 'INT32', 'UINT64', 'FP16', 'FP64', 'BYTES'] as const
    const isReadOrRefused = (bytes: Uint8Array, type: (typeof types)[number], count: number): boolean => {
      try {
        return readRawTensor(bytes, { type, count }).length === count
      } catch (error) {
        return error instanceof RangeError
      }
    }
    const law = fc.property(fc.uint8Array(), fc.constantFrom(...types), fc.nat(12), isReadOrRefused)
    expect(fc.check(law).failed).toBe(false)
  })

  it('keep whole numbers that a double cannot hold as their digits', () => {
    const bytes = new Uint8Array(new BigInt64Array([9_007_199_254_740_993n, -5n]).buffer)
    expect(readRawTensor(bytes, { type: 'INT64', count: 2 })).toEqual(['9007199254740993', -5])
  })

  it('read half floats', () => {
    const bytes = Uint8Array.from([0x00, 0x3c, 0x00, 0xfc])
    expect(readRawTensor(bytes, { type: 'FP16', count: 2 })).toEqual([1, -Infinity])
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { decodeMessage, encodeMessage } from '../../../src/onnx/codec.ts'
import { messages, type FieldDefinition, type Message, type MessageName } from '../../../src/onnx/messages.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

describe('encoding', () => {
  it('writes what the protocol-buffer documentation gives as examples', () => {
    expect(hex(encodeMessage('TensorType', { elemType: 150 }))).toBe('089601')
    expect(hex(encodeMessage('StringEntry', { value: 'testing' }))).toBe('120774657374696e67')
    expect(hex(encodeMessage('Attribute', { t: { dims: [3, 270, 86942] } }))).toBe('2a080a06038e029ea705')
    expect(hex(encodeMessage('TensorType', { elemType: -2 }))).toBe('08feffffffffffffffff01')
  })

  it('keeps a zero apart from nothing', () => {
    expect(hex(encodeMessage('Attribute', { i: 0 }))).toBe('1800')
    expect(decodeMessage('Attribute', encodeMessage('Attribute', {}))).toEqual({})
  })

  it('writes fields in the order of the table, whatever the order of the object', () => {
    const forward = encodeMessage('StringEntry', { key: 'a', value: 'b' })
    expect(encodeMessage('StringEntry', { value: 'b', key: 'a' })).toEqual(forward)
  })

  it('refuses a field that the message does not have', () => {
    const misspelt = { opTyp: 'Add' } as Message<'Node'>
    expect(() => encodeMessage('Node', misspelt)).toThrow('ONNX Node has no field opTyp')
  })

  it.each([
    ['int', { i: 1.5 }],
    ['int', { i: Number.NaN }],
    ['float', { f: '1' }],
    ['string', { name: 1 }],
    ['text', { s: 'half \ud800 character' }],
    ['message', { t: 'text' }],
    ['int', { i: 2n ** 63n }],
  ])('refuses what a field of kind %s cannot hold: %o', (_kind, message) => {
    expect(() => encodeMessage('Attribute', message as Message<'Attribute'>)).toThrow(Error)
  })

  it('refuses 2 GB', () => {
    const rawData = new Uint8Array(2 ** 31)
    expect(() => encodeMessage('Tensor', { rawData })).toThrow(/ends at 2 GB/)
    expect(() => decodeMessage('Model', rawData)).toThrow(/ends at 2 GB/)
  })
})

describe('decoding', () => {
  it('gives back what was encoded, for every message of the table', () => {
    for (const name of Object.keys(messages) as MessageName[]) {
      fc.assert(
        fc.property(messageOf(name, 3), (message) => {
          expect(decodeMessage(name, encodeMessage(name, message))).toEqual(message)
        }),
        { numRuns: 60 },
      )
    }
  })

  it('keeps fields that it does not know', () => {
    fc.assert(
      fc.property(messageOf('Model', 3), (model) => {
        const head = decodeMessage('ModelHead', encodeMessage('Model', model))
        expect(head).not.toHaveProperty('graph')
        expect(decodeMessage('Model', encodeMessage('ModelHead', head))).toEqual(model)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps unknown fields of every wire type, in nested messages too', () => {
    const unknown = fromHex('c03e 07  c13e 0102030405060708  c23e 02 6869  c53e 01020304')
    const entry = Buffer.concat([encodeMessage('StringEntry', { key: 'k' }), unknown])
    const model = Buffer.concat([fromHex(`72 ${hex(Uint8Array.of(entry.length))}`), entry])
    const decoded = decodeMessage('Model', model)
    expect(decoded.metadataProps).toMatchObject([{ key: 'k' }])
    expect(hex(encodeMessage('Model', decoded))).toBe(hex(model))
  })

  it('reads repeated numbers packed or one by one', () => {
    expect(decodeMessage('Tensor', fromHex('08 03 08 8e02'))).toEqual({ dims: [3, 270] })
    expect(decodeMessage('Tensor', fromHex('0a 03 03 8e02'))).toEqual({ dims: [3, 270] })
  })

  it('keeps attribute texts that are not UTF-8 as bytes, and a byte order mark', () => {
    expect(decodeMessage('Attribute', fromHex('22 02 c328'))).toEqual({ s: Uint8Array.of(0xc3, 0x28) })
    expect(decodeMessage('Attribute', fromHex('22 04 efbbbf61'))).toEqual({ s: '\ufeffa' })
  })

  it('refuses a name that is not UTF-8', () => {
    expect(() => decodeMessage('Node', fromHex('1a 02 c328'))).toThrow(/name is not UTF-8/)
  })

  it('says of a model cut off anywhere that it is damaged, or reads what is whole', () => {
    const metadataProps = [{ key: 'a', value: 'b' }]
    const encodedMetadata = encodeMessage('Model', { metadataProps })
    const initializer = [{ dims: [2], rawData: new Uint8Array(300), name: 'weights' }]
    const whole = encodeMessage('Model', { irVersion: 9, graph: { name: 'g', initializer }, metadataProps })
    const problems = Array.from(whole, (_byte, length) => problemOf(whole.subarray(0, length)))
    const complete = new Set([0, 2, whole.length - encodedMetadata.length])
    expect(problems.map((problem, length) => [length, problem])).toEqual(
      problems.map((_problem, length) => [length, complete.has(length) ? 'none' : 'onnx.truncated']),
    )
  })

  it('refuses a model that is nested without end', () => {
    const nodeAttributeAndGraph = [0x32, 0x2a, 0x0a]
    let bytes = Buffer.of()
    for (let depth = 0; depth < 3000; depth++)
      for (const tag of nodeAttributeAndGraph) bytes = Buffer.concat([partHead(tag, bytes.length), bytes])
    expect(() => decodeMessage('Graph', bytes)).toThrow(/nested/)
  })

  it('never fails in another way on bytes that are no model', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(['none', 'onnx.truncated', 'onnx.malformed']).toContain(problemOf(bytes))
      }),
      { numRuns: 2000 },
    )
  })
})

function partHead(tag: number, sizeBytes: number): Uint8Array {
  const head = [tag]
  let rest = sizeBytes
  for (; rest > 127; rest >>>= 7) head.push((rest & 127) | 128)
  return Uint8Array.of(...head, rest)
}

function problemOf(bytes: Uint8Array): string {
  try {
    decodeMessage('Model', bytes)
    return 'none'
  } catch (error) {
    return error instanceof PipewrightError ? error.code : String(error)
  }
}

/** Messages with any of their fields set; nesting ends after `depth` levels. */
function messageOf<Name extends MessageName>(name: Name, depth: number): fc.Arbitrary<Message<Name>> {
  const fields = Object.entries<FieldDefinition>(messages[name]).flatMap(([field, [, kind]]) => {
    const one = valueOf(kind.replace('[]', ''), depth)
    if (!one) return []
    return [[field, kind.endsWith('[]') ? fc.array(one, { minLength: 1, maxLength: 3 }) : one] as const]
  })
  return fc.record(Object.fromEntries(fields), { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<
    Message<Name>
  >
}

function valueOf(kind: string, depth: number): fc.Arbitrary<unknown> | undefined {
  switch (kind) {
    case 'int':
      return fc.oneof(
        fc.maxSafeInteger(),
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
        fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
      )
    case 'float':
      return fc.float()
    case 'string':
    case 'text':
      return fc.string({ unit: 'binary' })
    case 'bytes':
      return fc.uint8Array({ maxLength: 40 })
    default:
      return depth === 0 ? undefined : messageOf(kind as MessageName, depth - 1)
  }
}

import { onnxError } from './errors.ts'
import { messages, type FieldDefinition, type Message, type MessageName } from './messages.ts'
import { WireReader } from './wire-reader.ts'
import { largestMessageBytes, WireWriter } from './wire-writer.ts'

/** Fields outside the table, as their bytes, so that a message is written back whole. */
const otherFields = Symbol('other fields')
type Fields = Record<string | symbol, unknown>

interface Field {
  name: string
  tag: number
  kind: string
  repeated: boolean
}

const wireTypes = { varint: 0, part: 2, float32: 5 } as const
/** As protocol buffers' own readers bound it. */
const deepestMessage = 100
const utf8 = new TextEncoder()
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The bytes of a message; fields are written in the order of the table, so equal messages give equal bytes.
 * Throws a TypeError on a field that the message does not have or a value that the field cannot hold, and
 * `onnx.too-large` from 2 GB.
 */
export function encodeMessage<Name extends MessageName>(name: Name, message: Message<Name>): Uint8Array {
  const writer = new WireWriter()
  writeMessage(writer, name, message)
  return writer.finish()
}

/** A message from its bytes. Throws `onnx.truncated` or `onnx.malformed` where they are none. */
export function decodeMessage<Name extends MessageName>(name: Name, bytes: Uint8Array): Message<Name> {
  if (bytes.length > largestMessageBytes) throw onnxError('too-large', { sizeBytes: bytes.length })
  return readMessage(name, bytes, 1) as Message<Name>
}

/** Whether a decoded message has fields, at any depth, that the table does not: nothing Pipewright wrote has. */
export function hasOtherFields(message: object): boolean {
  if (otherFields in message) return true
  return Object.values(message).some((value: unknown) =>
    Array.isArray(value) ? value.some(isMessageWithOthers) : isMessageWithOthers(value),
  )
}

/** Numbers of the fields of a decoded message, not of those within it, that the table does not have. */
export function otherFieldTags(message: object): number[] {
  const others = (message as Fields)[otherFields] as Uint8Array[] | undefined
  return (others ?? []).map((bytes) => Math.floor(new WireReader(bytes, 'field').count() / 8))
}

function isMessageWithOthers(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && hasOtherFields(value)
}

function writeMessage(writer: WireWriter, name: MessageName, message: Fields): void {
  const known = fieldsOf(name)
  for (const key of Object.keys(message)) {
    if (!known.byName.has(key)) throw new TypeError(`ONNX ${name} has no field ${key}`)
  }
  for (const bytes of ((message[otherFields] as Uint8Array[] | undefined) ?? []).toReversed())
    writer.bytes(bytes)
  for (const field of known.inOrder.toReversed()) {
    const value = message[field.name]
    if (value !== undefined) writeField(writer, field, value)
  }
}

function writeField(writer: WireWriter, field: Field, value: unknown): void {
  if (!field.repeated) return writeOne(writer, field, value)
  const values = value as ArrayLike<unknown>
  if (field.kind !== 'int' && field.kind !== 'float') {
    for (let index = values.length - 1; index >= 0; index--) writeOne(writer, field, values[index])
    return
  }
  const end = writer.sizeBytes
  for (let index = values.length - 1; index >= 0; index--) writeNumber(writer, field, values[index])
  writeHead(writer, field, writer.sizeBytes - end)
}

function writeOne(writer: WireWriter, field: Field, value: unknown): void {
  if (field.kind === 'int' || field.kind === 'float') {
    writeNumber(writer, field, value)
    writer.varint(field.tag * 8 + (field.kind === 'int' ? wireTypes.varint : wireTypes.float32))
    return
  }
  const end = writer.sizeBytes
  if (field.kind in messages) writeMessage(writer, field.kind as MessageName, objectIn(field, value))
  else writer.bytes(bytesIn(field, value))
  writeHead(writer, field, writer.sizeBytes - end)
}

function writeHead(writer: WireWriter, field: Field, sizeBytes: number): void {
  writer.varint(sizeBytes)
  writer.varint(field.tag * 8 + wireTypes.part)
}

function writeNumber(writer: WireWriter, field: Field, value: unknown): void {
  if (field.kind === 'float' && typeof value === 'number') writer.float32(value)
  else if (field.kind === 'int' && (typeof value === 'bigint' || Number.isSafeInteger(value)))
    writer.varint(value as number | bigint)
  else throw cannotHold(field, value)
}

function bytesIn(field: Field, value: unknown): Uint8Array {
  if (value instanceof Uint8Array && field.kind !== 'string') return value
  if (typeof value === 'string' && field.kind !== 'bytes' && value.isWellFormed()) return utf8.encode(value)
  throw cannotHold(field, value)
}

function objectIn(field: Field, value: unknown): Fields {
  if (typeof value === 'object' && value !== null) return value as Fields
  throw cannotHold(field, value)
}

function readMessage(name: MessageName, bytes: Uint8Array, depth: number): Fields {
  if (depth > deepestMessage)
    throw onnxError('malformed', { problem: `it is nested more than ${deepestMessage} deep` })
  const known = fieldsOf(name)
  const reader = new WireReader(bytes, name)
  const message: Fields = {}
  while (!reader.done) {
    const start = reader.at
    const head = reader.count()
    const field = known.byTag.get(Math.floor(head / 8))
    if (!field || !readField(reader, message, { field, wireType: head % 8, depth })) {
      reader.pass(head % 8)
      const others = (message[otherFields] ??= []) as Uint8Array[]
      others.push(reader.since(start))
    }
  }
  return message
}

/** False, having read nothing, where the wire type is not one the field can have. */
function readField(
  reader: WireReader,
  message: Fields,
  { field, wireType, depth }: { field: Field; wireType: number; depth: number },
): boolean {
  const put = (value: unknown): void => {
    if (field.repeated) ((message[field.name] ??= []) as unknown[]).push(value)
    else message[field.name] = value
  }
  const isNumber = field.kind === 'int' || field.kind === 'float'
  if (isNumber && wireType === (field.kind === 'int' ? wireTypes.varint : wireTypes.float32)) {
    put(readNumber(reader, field))
  } else if (isNumber && field.repeated && wireType === wireTypes.part) {
    message[field.name] ??= []
    const packed = new WireReader(reader.part(), field.name)
    while (!packed.done) put(readNumber(packed, field))
  } else if (!isNumber && wireType === wireTypes.part) {
    put(valueOf(field, reader.part(), depth))
  } else {
    return false
  }
  return true
}

function readNumber(reader: WireReader, field: Field): number | bigint {
  return field.kind === 'int' ? reader.varint() : reader.float32()
}

function valueOf(field: Field, part: Uint8Array, depth: number): unknown {
  if (field.kind === 'bytes') return part
  if (field.kind !== 'string' && field.kind !== 'text')
    return readMessage(field.kind as MessageName, part, depth + 1)
  try {
    return strictUtf8.decode(part)
  } catch (cause) {
    if (field.kind === 'text') return part
    throw onnxError('malformed', { problem: `${field.name} is not UTF-8 text` }, { cause })
  }
}

function cannotHold(field: Field, value: unknown): TypeError {
  return new TypeError(`ONNX field ${field.name} (${field.kind}) cannot hold ${String(value)}`)
}

interface FieldTable {
  inOrder: readonly Field[]
  byName: ReadonlyMap<string, Field>
  byTag: ReadonlyMap<number, Field>
}
const fieldTables = new Map<MessageName, FieldTable>()

function fieldsOf(name: MessageName): FieldTable {
  const known = fieldTables.get(name)
  if (known) return known
  const definitions = Object.entries<FieldDefinition>(messages[name])
  const inOrder = definitions.map(([field, [tag, kind]]) => ({
    name: field,
    tag,
    kind: kind.replace('[]', ''),
    repeated: kind.endsWith('[]'),
  }))
  const table = {
    inOrder,
    byName: new Map(inOrder.map((field) => [field.name, field])),
    byTag: new Map(inOrder.map((field) => [field.tag, field])),
  }
  fieldTables.set(name, table)
  return table
}

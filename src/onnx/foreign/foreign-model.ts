import { PipewrightError } from '../../core/errors.ts'
import { decodeMessage } from '../codec.ts'
import type { Message } from '../messages.ts'
import { elementTypeOf, type ElementType } from '../tensor.ts'
import { checkParts } from './check-parts.ts'
import { foreignError } from './errors.ts'

/** A model that something else wrote: what it takes and gives, before anything is known about columns. */
export interface ForeignModel {
  message: Message<'Model'>
  producer: string
  inputs: readonly ForeignPort[]
  outputs: readonly ForeignOutput[]
}

export interface ForeignPort {
  name: string
  type: ElementType
  /** 1: [rows]; 2: [rows, width]. */
  rank: 1 | 2
  /** Null where the model leaves it open. */
  width: number | null
}

export interface ForeignOutput {
  name: string
  /** The tensor that holds it; for a list of dictionaries (ZipMap), the tensor that they are made of. */
  value: string
  /** Null where it is known only by what the model gives. */
  type: ElementType | null
  /** The classes of the dictionaries, in the order of the tensor. */
  classes: readonly (string | number)[] | null
}

const float16 = 10
const bfloat16 = 16

/** Throws `foreign` errors. */
export function readForeignModel(bytes: Uint8Array): ForeignModel {
  const message = decoded(bytes)
  checkParts(message)
  const { graph = {} } = message
  const constants = new Set((graph.initializer ?? []).map(({ name }) => name))
  // Files of old versions list constants among the inputs.
  const inputs = (graph.input ?? []).filter(({ name }) => !constants.has(name))
  if (inputs.length === 0) throw foreignError('unusable-part', { problem: 'it takes no input' })
  return {
    message,
    producer: message.producerName ?? '',
    inputs: inputs.map(inputPort),
    outputs: (graph.output ?? []).map((output) => outputPort(output, graph.node ?? [])),
  }
}

function decoded(bytes: Uint8Array): Message<'Model'> {
  try {
    return decodeMessage('Model', bytes)
  } catch (cause) {
    if (cause instanceof PipewrightError && ['onnx.malformed', 'onnx.truncated'].includes(cause.code))
      throw foreignError('no-model', {}, { cause })
    throw cause
  }
}

/** The operator that makes the dictionaries of an output, with the classes that it names. */
export function isZipMap({ opType }: Message<'Node'>): boolean {
  return opType === 'ZipMap'
}

function inputPort(info: Message<'ValueInfo'>): ForeignPort {
  const port = info.name ?? ''
  const { type, dims } = tensorOf(info)
  const refuse = (problem: string): never => {
    throw foreignError('unusable-port', { port, problem })
  }
  if (!type) return refuse('it is no tensor of numbers or texts')
  if (!dims) return { name: port, type, rank: 2, width: null }
  const [rows, width, ...more] = dims
  if (rows === undefined || more.length > 0) return refuse(`it is a tensor of ${dims.length} dimensions`)
  if (rows.dimValue !== undefined && Number(rows.dimValue) > 0)
    return refuse(`it takes ${rows.dimValue} rows at a time, and no others`)
  if (width === undefined) return { name: port, type, rank: 1, width: 1 }
  const known = Number(width.dimValue ?? 0)
  return { name: port, type, rank: 2, width: known > 0 ? known : null }
}

function outputPort(info: Message<'ValueInfo'>, nodes: readonly Message<'Node'>[]): ForeignOutput {
  const name = info.name ?? ''
  const zip = nodes.find((node) => isZipMap(node) && node.output?.includes(name))
  if (!zip) return { name, value: name, type: tensorOf(info).type ?? null, classes: null }
  return { name, value: zip.input?.[0] ?? '', type: 'float32', classes: classesOf(zip) }
}

/** The classes that an operator names, in the order of its scores. */
export function classesOf({ attribute = [] }: Message<'Node'>): (string | number)[] | null {
  for (const { name, ints, strings } of attribute) {
    if (name === 'classlabels_strings' && strings && strings.length > 0)
      return strings.map((text) => (typeof text === 'string' ? text : Buffer.from(text).toString()))
    const isWhole = name === 'classlabels_int64s' || name === 'classlabels_ints'
    if (isWhole && ints && ints.length > 0) return Array.from(ints, Number)
  }
  return null
}

function tensorOf({ name, type }: Message<'ValueInfo'>) {
  const code = Number(type?.tensorType?.elemType ?? 0)
  if (code === float16 || code === bfloat16) throw foreignError('float16', { port: name ?? '' })
  return { type: elementTypeOf(code), dims: type?.tensorType?.shape?.dim }
}

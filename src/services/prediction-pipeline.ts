import type { ReaderRule, Signature, StartColumn } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Json, Pipeline } from '../core/pipeline.ts'
import { predictionError } from './errors.ts'

/** Where the parts of a prediction stand among its steps. */
export const predictionSteps = { read: 'read', predict: 'predict', write: 'write' } as const
const convert = 'convert'

/**
 * The pipeline that answers for the rows of a file: it reads as the model's signature says, so that a value means what
 * it meant in training. Paths are absolute.
 */
export function predictionPipeline(request: {
  id: string
  /** `name:version`. */
  model: string
  signature: Signature
  data: string
  output: string
  /** Of a node type, as this Pipewright has it. */
  versionOf: (type: string) => number
}): Pipeline {
  const { id, model, signature, data, output, versionOf } = request
  const { read, predict, write } = predictionSteps
  const node = (type: string, params: Record<string, Json>) => ({ type, version: versionOf(type), params })
  const lenient = signature.inputs.filter(({ rule }) => rule?.unreadable === 'null')
  const types = Object.fromEntries(lenient.map(({ name, type }) => [name, type]))
  const chain = lenient.length === 0 ? [read, predict, write] : [read, convert, predict, write]
  return {
    format: 1,
    id,
    name: `Predict with ${model}`,
    seed: 0,
    parameters: {},
    nodes: {
      [read]: node('ingestion.file', {
        path: literal(data),
        maximumRejectShare: 1,
        ...readerParams(model, signature.inputs),
      }),
      ...(lenient.length > 0 && { [convert]: node('features.cast', { types, unreadable: 'null' }) }),
      [predict]: node('serving.predict', { model }),
      [write]: node('serving.write-file', { path: literal(output) }),
    },
    edges: chain.slice(1).map((to, index) => `${chain[index]}.table -> ${to}.table`),
    layout: {},
  }
}

/** Of a file's rules, those that its node has for all columns together. */
const fileWide = ['trim', 'nullValues', 'decimalMark', 'thousandsMark'] as const

/** The rules of the columns as parameters of the node that reads a file. */
function readerParams(model: string, inputs: readonly StartColumn[]): Record<string, Json> {
  const ruled = inputs.flatMap(({ name, rule }) => (rule ? [{ name, rule }] : []))
  const shared: Record<string, Json> = {}
  for (const { name, rule } of ruled) {
    for (const field of fileWide) {
      const value = rule[field]
      if (value === undefined) continue
      if (canonicalJson((shared[field] ??= value)) !== canonicalJson(value))
        throw predictionError('mixed-rules', { model, column: name })
    }
    if (rule.trueValues || rule.falseValues) throw predictionError('mixed-rules', { model, column: name })
  }
  return {
    ...(literalIn(shared) as Record<string, Json>),
    // What may be unreadable is read as text, and converted after that.
    types: Object.fromEntries(
      inputs.map(({ name, type, rule }) => [name, rule?.unreadable === 'null' ? 'text' : type]),
    ),
    formats: perColumn(ruled, 'format'),
    replace: perColumn(ruled, 'replace'),
  }
}

function perColumn(
  ruled: readonly { name: string; rule: ReaderRule }[],
  field: 'format' | 'replace',
): Record<string, Json> {
  return Object.fromEntries(
    ruled.flatMap(({ name, rule }) => (rule[field] === undefined ? [] : [[name, literalIn(rule[field])]])),
  )
}

/** A text that stands for itself where `${name}` would be a parameter. */
const literal = (text: string): string => text.replaceAll('${', () => '$${')

function literalIn(value: Json): Json {
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return value.map(literalIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literalIn(each)]))
}

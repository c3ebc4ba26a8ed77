import type { ReaderRule, Signature, StartColumn } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Json, Pipeline } from '../core/pipeline.ts'
import { literalText } from './literal-text.ts'

/** Where the parts of a prediction stand among its steps. */
export const predictionSteps = { read: 'read', predict: 'predict', write: 'write' } as const
const convert = 'convert'
const writeRejects = 'write-rejects'

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
  /** Where the rows that do not fit are written, with line, column and reason. */
  rejects?: string | undefined
  /** Of a node type, as this Pipewright has it. */
  versionOf: (type: string) => number
}): Pipeline {
  const { id, model, signature, data, output, rejects, versionOf } = request
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
        path: literalText(data),
        maximumRejectShare: 1,
        ...readerParams(signature.inputs),
      }),
      ...(lenient.length > 0 && { [convert]: node('features.cast', { types, unreadable: 'null' }) }),
      [predict]: node('serving.predict', { model }),
      [write]: node('serving.write-file', { path: literalText(output) }),
      ...(rejects !== undefined && {
        [writeRejects]: node('serving.write-file', { path: literalText(rejects) }),
      }),
    },
    edges: [
      ...chain.slice(1).map((to, index) => `${chain[index]}.table -> ${to}.table`),
      ...(rejects === undefined ? [] : [`${read}.rejects -> ${writeRejects}.table`]),
    ],
    layout: {},
  }
}

/** The rules of the columns as parameters of the node that reads a file. */
function readerParams(inputs: readonly StartColumn[]): Record<string, Json> {
  const ruled = inputs.flatMap(({ name, type, rule }) => (rule ? [{ name, rule: explicit(type, rule) }] : []))
  const shared = Object.fromEntries(
    fileWide.flatMap((field) => {
      const [first, ...others] = ruled.map(({ rule }) => rule[field])
      return first !== undefined && others.every((other) => isSame(first, other))
        ? [[field, literalIn(first)]]
        : []
    }),
  )
  const rules = ruled.map(({ name, rule }) => {
    const own = ruleFields.filter((field) => rule[field] !== undefined && !(field in shared))
    return [name, Object.fromEntries(own.map((field) => [field, literalIn(rule[field]!)]))] as const
  })
  return {
    ...shared,
    rules: Object.fromEntries(rules.filter(([, own]) => Object.keys(own).length > 0)),
    // What may be unreadable is read as text, and converted after that.
    types: Object.fromEntries(
      inputs.map(({ name, type, rule }) => [name, rule?.unreadable === 'null' ? 'text' : type]),
    ),
    formats: perColumn(ruled, 'format'),
    replace: perColumn(ruled, 'replace'),
  }
}

/** What the node has for all columns together, so that it holds for columns beside those of the model too. */
const fileWide = ['trim', 'nullValues'] as const
/** What the node has column by column. */
const ruleFields = [...fileWide, 'decimalMark', 'thousandsMark', 'trueValues', 'falseValues'] as const

/** A mark that is not said would be found out from the file, which may be another one than in training. */
function explicit(type: StartColumn['type'], rule: ReaderRule): ReaderRule {
  const isNumeric = type === 'number' || type === 'integer'
  return isNumeric ? { ...rule, decimalMark: rule.decimalMark ?? '.' } : rule
}

const isSame = (a: Json, b: Json | undefined): boolean => canonicalJson([a]) === canonicalJson([b ?? null])

function perColumn(
  ruled: readonly { name: string; rule: ReaderRule }[],
  field: 'format' | 'replace',
): Record<string, Json> {
  return Object.fromEntries(
    ruled.flatMap(({ name, rule }) => (rule[field] === undefined ? [] : [[name, literalIn(rule[field])]])),
  )
}

function literalIn(value: Json): Json {
  if (typeof value === 'string') return literalText(value)
  if (Array.isArray(value)) return value.map(literalIn)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literalIn(each)]))
}

import type { ReaderRule, Signature, StartColumn } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Json, Pipeline } from '../core/pipeline.ts'
import { predictionError } from './errors.ts'

/** Where the parts of a prediction stand among its steps. */
export const predictionSteps = { read: 'read', predict: 'predict', write: 'write' } as const

/** Versions of the node types that a prediction is made of. */
export interface PredictionNodes {
  read: number
  predict: number
  write: number
}

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
  versions: PredictionNodes
}): Pipeline {
  const { id, model, signature, data, output, versions } = request
  const { read, predict, write } = predictionSteps
  return {
    format: 1,
    id,
    name: `Predict with ${model}`,
    seed: 0,
    parameters: {},
    nodes: {
      [read]: {
        type: 'ingestion.file',
        version: versions.read,
        params: { path: literal(data), maximumRejectShare: 1, ...readerParams(model, signature.inputs) },
      },
      [predict]: { type: 'serving.predict', version: versions.predict, params: { model } },
      [write]: { type: 'serving.write-file', version: versions.write, params: { path: literal(output) } },
    },
    edges: [`${read}.table -> ${predict}.table`, `${predict}.table -> ${write}.table`],
    layout: {},
  }
}

/** The rules of the columns as parameters of the node that reads a file, which has some of them for all columns. */
function readerParams(model: string, inputs: readonly StartColumn[]): Record<string, Json> {
  const ruled = inputs.flatMap(({ name, rule }) => (rule ? [{ name, rule }] : []))
  const shared = ruled.map(({ rule }) => sharedRule(rule))
  const other = shared.findIndex((rule) => canonicalJson(rule) !== canonicalJson(shared[0]))
  if (other > 0)
    throw predictionError('mixed-rules', { model, columns: [ruled[0]!.name, ruled[other]!.name] })
  const perColumn = <Field extends 'format' | 'replace'>(field: Field): Record<string, Json> =>
    Object.fromEntries(
      ruled.flatMap(({ name, rule }) => (rule[field] === undefined ? [] : [[name, literalIn(rule[field])]])),
    )
  return {
    ...shared[0],
    types: Object.fromEntries(inputs.map(({ name, type }) => [name, type])),
    formats: perColumn('format'),
    replace: perColumn('replace'),
  }
}

function sharedRule({ trim, nullValues, decimalMark, thousandsMark }: ReaderRule): Record<string, Json> {
  return {
    trim,
    nullValues: nullValues.map(literal),
    ...(decimalMark !== undefined && { decimalMark }),
    ...(thousandsMark !== undefined && { thousandsMark }),
  }
}

/** A text that stands for itself where `${name}` would be a parameter. */
const literal = (text: string): string => text.replaceAll('${', '$${')

function literalIn(value: string | Record<string, string>): Json {
  return typeof value === 'string'
    ? literal(value)
    : Object.fromEntries(Object.entries(value).map(([from, to]) => [from, literal(to)]))
}

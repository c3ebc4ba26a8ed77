import type { PipewrightError } from './errors.ts'
import { didYouMean } from './nearest-name.ts'
import { ownValue } from './own-value.ts'
import { pipelineError } from './pipeline-errors.ts'
import type { Json, Pipeline, PipelineParameter } from './pipeline.ts'

export interface ParameterRequest {
  pipeline: Pipeline
  /** Values as texts, as a command line gives them, or as they are. */
  given: Readonly<Record<string, ParameterValue>>
}

export type ParameterValue = string | number | boolean

/**
 * The pipeline with every `${name}` in its nodes' params filled in: from `given`, else from the parameter's default.
 * A text that is nothing but `${name}` takes the parameter's type; `$${` stands for `${` itself. Throws a
 * PipewrightError for the first thing that does not fit.
 */
export function resolveParameters(request: ParameterRequest): Pipeline {
  const { pipeline, problems } = fillParameters(request)
  if (problems[0]) throw problems[0]
  return pipeline
}

export interface FilledParameters {
  pipeline: Pipeline
  problems: readonly PipewrightError[]
  /** Nodes with a reference that could not be filled in; it stands there as it was. */
  unfilled: ReadonlySet<string>
}

/** Fills in what can be filled in, and says all that is wrong. */
export function fillParameters({ pipeline, given }: ParameterRequest): FilledParameters {
  const { values, problems } = parameterValues(pipeline.parameters, given)
  const filler = new ParameterFiller(pipeline.parameters, values)
  const nodes = Object.entries(pipeline.nodes).map(([id, node]) => {
    const params = filler.fill(node.params, { node: id, path: [] }) as typeof node.params
    return [id, params === node.params ? node : { ...node, params }] as const
  })
  return {
    pipeline: { ...pipeline, nodes: Object.fromEntries(nodes) },
    problems: [...problems, ...filler.problems],
    unfilled: filler.unfilled,
  }
}

function parameterValues(
  parameters: Pipeline['parameters'],
  given: Readonly<Record<string, ParameterValue>>,
): { values: ReadonlyMap<string, ParameterValue>; problems: PipewrightError[] } {
  const names = Object.keys(parameters)
  const values = new Map<string, ParameterValue>()
  const problems: PipewrightError[] = []
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(parameters, name)) continue
    const otherwise = names.length ? `It has ${quoted(names)}.` : 'It has none.'
    problems.push(pipelineError('unknown-parameter', { name, remedy: didYouMean(name, names, otherwise) }))
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    const own = ownValue(given, name)
    const value = own === undefined ? parameter.default : parseValue(own, parameter.type)
    if (value !== undefined) values.set(name, value)
    else if (own === undefined) problems.push(pipelineError('missing-value', { name }))
    else {
      problems.push(pipelineError('wrong-value', { name, value: own, expected: expected(parameter.type) }))
    }
  }
  return { values, problems }
}

/** A value as its type has it; undefined where it does not fit. */
export function parseValue(
  value: ParameterValue,
  type: PipelineParameter['type'],
): ParameterValue | undefined {
  if (typeof value === 'string') return parseText(value, type)
  const isFit =
    typeof value === 'boolean'
      ? type === 'boolean'
      : type === 'number' || (type === 'integer' && Number.isSafeInteger(value))
  return isFit ? value : undefined
}

function parseText(text: string, type: PipelineParameter['type']): ParameterValue | undefined {
  switch (type) {
    case 'text':
    case 'path':
      return text
    case 'number': {
      const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
      return Number.isFinite(number) ? number : undefined
    }
    case 'integer': {
      const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
      return Number.isSafeInteger(number) ? number : undefined
    }
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
  }
}

function expected(type: PipelineParameter['type']): string {
  switch (type) {
    case 'text':
    case 'path':
      return 'a text'
    case 'number':
      return 'a number, such as 0.5'
    case 'integer':
      return 'a whole number, such as 10'
    case 'boolean':
      return 'true or false'
  }
}

/** `$${`, or `${`, a name and `}`; the brace is missing where a reference is not closed. */
const reference = /\$\$\{|\$\{([^{}]*)(\}?)/g

/** The names of the parameters that a value refers to, at any depth. */
export function parametersIn(value: Json): string[] {
  if (typeof value === 'string')
    return [...value.matchAll(reference)].flatMap(([, name, brace]) => (name && brace ? [name] : []))
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(parametersIn)
}

/**
 * A value with each reference to a parameter replaced: by what is given for it where that is all of a text, else by
 * it as text. What is given may hold references of its own, which stay. Null leaves a reference as it is.
 */
export function replaceParameters(value: Json, valueOf: (name: string) => ParameterValue | null): Json {
  if (typeof value === 'string') return replaceInText(value, valueOf)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => replaceParameters(item, valueOf))
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, replaceParameters(field, valueOf)]),
  )
}

function replaceInText(text: string, valueOf: (name: string) => ParameterValue | null): Json {
  const whole = /^\$\{([^{}]*)\}$/.exec(text)
  if (whole) return valueOf(whole[1]!) ?? text
  return text.replace(reference, (matched: string, name: string | undefined, brace: string) =>
    name === undefined || brace === '' ? matched : String(valueOf(name) ?? matched),
  )
}

/** A text that stands for itself where `${name}` would be a parameter. */
export const literalText = (text: string): string => text.replaceAll('${', () => '$${')

interface Spot {
  node: string
  path: readonly (string | number)[]
}

class ParameterFiller {
  readonly problems: PipewrightError[] = []
  readonly unfilled = new Set<string>()
  readonly #parameters: Pipeline['parameters']
  readonly #values: ReadonlyMap<string, ParameterValue>

  constructor(parameters: Pipeline['parameters'], values: ReadonlyMap<string, ParameterValue>) {
    this.#parameters = parameters
    this.#values = values
  }

  /** The same object when there is nothing to fill in. */
  fill(value: Json, spot: Spot): Json {
    if (typeof value === 'string') return value.includes('${') ? this.#fillText(value, spot) : value
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      const items = value.map((item, index) => this.fill(item, within(spot, index)))
      return items.some((item, index) => item !== value[index]) ? items : value
    }
    const fields = Object.entries(value).map(
      ([key, field]) => [key, this.fill(field, within(spot, key))] as const,
    )
    return fields.some(([key, field]) => field !== value[key]) ? Object.fromEntries(fields) : value
  }

  #fillText(text: string, spot: Spot): Json {
    const whole = /^\$\{([^{}]*)\}$/.exec(text)
    if (whole) return this.#valueOf(whole[1]!, spot) ?? text
    return text.replace(reference, (matched: string, name: string | undefined, brace: string) => {
      if (name === undefined) return '${'
      if (brace === '') return this.#refuseReference(matched, spot)
      return String(this.#valueOf(name, spot) ?? matched)
    })
  }

  #valueOf(name: string, spot: Spot): ParameterValue | undefined {
    const value = this.#values.get(name)
    if (value !== undefined) return value
    // A parameter that is there but has no value has been told of already.
    if (!Object.hasOwn(this.#parameters, name)) this.#refuseName(name, spot)
    this.unfilled.add(spot.node)
    return undefined
  }

  #refuseName(name: string, spot: Spot): void {
    if (!/^\w+$/.test(name)) {
      this.#refuseReference(`\${${name}}`, spot)
      return
    }
    const remedy = didYouMean(name, Object.keys(this.#parameters), 'Add it to the pipeline’s parameters.')
    this.problems.push(pipelineError('unknown-parameter', { name, remedy }, placed(spot)))
  }

  #refuseReference(text: string, spot: Spot): string {
    const values = { text, example: '${name}', escape: '$${' }
    this.problems.push(pipelineError('bad-reference', values, placed(spot)))
    this.unfilled.add(spot.node)
    return text
  }
}

const within = ({ node, path }: Spot, key: string | number): Spot => ({ node, path: [...path, key] })

const placed = ({ node, path }: Spot) => ({ at: { node, param: path.join('.') } })

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')

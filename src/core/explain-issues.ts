import { z } from 'zod'
import type { JsonPath } from './read-json.ts'
import { nearestName } from './nearest-name.ts'

type Issue = z.core.$ZodIssue

/** One thing that is wrong with a value, in plain words. */
export interface Explanation {
  path: JsonPath
  message: string
  remedy: string
  /** What was probably meant: another name for the last part of the path, or another value. */
  meant?: { name: string } | { value: string | number | boolean | null }
}

/**
 * Holds a value against a schema and says what is wrong in whole sentences, one for each thing, in the order in
 * which zod finds them. A schema's own message is kept as it is.
 */
export function explainIssues<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  /** What an entry of the value itself is called. */
  noun: 'field' | 'parameter' = 'field',
): { success: true; data: z.output<Schema> } | { success: false; explanations: Explanation[] } {
  const facts: Fact[] = []
  const parsed = schema.safeParse(value, {
    reportInput: true,
    // What the final issue no longer knows is put aside, and its number into the message.
    error: (issue) => `${marker}${facts.push(factOf(issue)) - 1}`,
  })
  if (parsed.success) return { success: true, data: parsed.data }
  const explanations = parsed.error.issues.flatMap((issue) => explain(issue, { at: [], facts, noun }))
  return { success: false, explanations }
}

/** What only the schema that raised an issue knows. */
interface Fact {
  /** Of an object: the fields it may have. */
  fields?: readonly string[]
  /** Of a number: whether it must be whole. */
  whole?: boolean
}
/** Begins the message of an issue for which the schema has no words of its own. */
const marker = '\u0000'

function factOf({ inst }: z.core.$ZodRawIssue): Fact {
  if (inst instanceof z.ZodObject) return { fields: Object.keys(inst.shape) }
  if (inst instanceof z.ZodNumberFormat) return { whole: true }
  return {}
}

const factAbout = ({ message }: Issue, { facts }: Surroundings): Fact =>
  facts[Number(message.slice(marker.length))] ?? {}

/** A path as people write it: `nodes.split.params.columns.0`. */
export const formatPath = (path: JsonPath): string => path.join('.')

interface Surroundings {
  at: JsonPath
  facts: readonly Fact[]
  noun: 'field' | 'parameter'
}

function explain(issue: Issue, surroundings: Surroundings): Explanation[] {
  const path = [...surroundings.at, ...(issue.path as (string | number)[])]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return explainUnion(issue, { ...surroundings, at: path })
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.flatMap((inner) => explain({ ...inner, path: [] }, { ...surroundings, at: path }))
  }
  if (!issue.message.startsWith(marker)) return [ownMessage(path, issue)]
  const fact = factAbout(issue, surroundings)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => explainUnknownName([...path, key], fact.fields ?? [], surroundings.noun))
  }
  return [{ path, ...inWords(issue, { subject: subjectOf(path), fact }) }]
}

export function explainUnknownName(path: JsonPath, known: readonly string[], noun: string): Explanation {
  const name = String(path.at(-1))
  const near = nearestName(name, known)
  const nothing = path.length > 1 ? `“${formatPath(path.slice(0, -1))}” has no field` : `There is no ${noun}`
  return {
    path,
    message: `${nothing} “${name}”.`,
    remedy: near
      ? `Did you mean “${near}”?`
      : `Remove it.${known.length ? ` Possible are ${list(known)}.` : ''}`,
    ...(near && { meant: { name: near } }),
  }
}

function ownMessage(path: JsonPath, { message, input }: Issue): Explanation {
  const there = typeof input === 'object' || input === undefined ? '' : `, which is ${inShort(input)}`
  return {
    path,
    message: message.endsWith('.') ? message : `${message}.`,
    remedy: path.length ? `Correct “${formatPath(path)}”${there}.` : 'Correct it.',
  }
}

/** Of the alternatives, the one that the value comes closest to; if it is none of their kinds, all of them. */
function explainUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  surroundings: Surroundings,
): Explanation[] {
  const ofOtherKind = (issues: readonly Issue[]) =>
    issues.every((inner) => inner.path.length === 0 && inner.code === 'invalid_type')
  const close = issue.errors.filter((issues) => !ofOtherKind(issues))
  const best = close.toSorted((a, b) => weight(a) - weight(b))[0]
  if (best) return best.flatMap((inner) => explain(inner, surroundings))
  if (!issue.message.startsWith(marker)) return [ownMessage(surroundings.at, issue)]
  const kinds = issue.errors
    .flat()
    .map((inner) =>
      inner.code === 'invalid_type' ? kindName(inner, factAbout(inner, surroundings)) : 'another value',
    )
  return [
    {
      path: surroundings.at,
      message: cannotBe(subjectOf(surroundings.at), issue.input),
      remedy: `Give ${[...new Set(kinds)].join(' or ')}.`,
    },
  ]
}

/** Unknown and missing names speak against an alternative more than a wrong value does. */
const weight = (issues: readonly Issue[]): number =>
  issues.reduce(
    (sum, { code, path }) => sum + (code === 'unrecognized_keys' ? 4 : 2) - (path.length > 1 ? 1 : 0),
    0,
  )

function inWords(
  issue: Issue,
  { subject, fact }: { subject: string; fact: Fact },
): Omit<Explanation, 'path'> {
  const message = cannotBe(subject, issue.input)
  switch (issue.code) {
    case 'invalid_type':
      return { message, remedy: `Give ${kindName(issue, fact)}.` }
    case 'invalid_value':
      return chooseOne({ subject, input: issue.input, values: issue.values })
    case 'invalid_union':
      return chooseOne({ subject, ...discriminatorOf(issue) })
    case 'too_big':
      return { message: sizeMessage(issue, subject), remedy: bound(issue, issue.maximum, 'most') }
    case 'too_small':
      return { message: sizeMessage(issue, subject), remedy: bound(issue, issue.minimum, 'least') }
    case 'not_multiple_of':
      return { message, remedy: `Give a multiple of ${issue.divisor}.` }
    case 'invalid_format':
      return {
        message,
        remedy:
          issue.format === 'regex' && issue.pattern
            ? `It must match ${issue.pattern}.`
            : `Give a valid ${issue.format}.`,
      }
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'custom':
      return { message, remedy: 'Give another value.' }
  }
}

/** In a union told apart by a field, that field's value and the values it may have. */
function discriminatorOf(issue: Extract<Issue, { code: 'invalid_union' }>) {
  const name = issue.discriminator
  const input = name === undefined ? issue.input : (issue.input as Record<string, unknown>)[name]
  return { input, values: ('options' in issue && issue.options) || [] }
}

function chooseOne(options: { subject: string; input: unknown; values: readonly z.core.util.Primitive[] }) {
  const { subject, input, values } = options
  const message = cannotBe(subject, input)
  const texts = values.filter((value) => typeof value === 'string')
  const near = typeof input === 'string' ? nearestName(input, texts) : undefined
  const possible = values.length === 1 ? `Give ${list(values)}.` : `Choose one of ${list(values)}.`
  if (near === undefined) return { message, remedy: possible }
  return { message, remedy: `Did you mean “${near}”? ${possible}`, meant: { value: near } }
}

type SizeIssue = Extract<Issue, { code: 'too_big' | 'too_small' }>

function sizeMessage(issue: SizeIssue, subject: string): string {
  const { input } = issue
  if (Array.isArray(input))
    return input.length ? `${subject} has ${count(input.length, issue)}.` : `${subject} is empty.`
  if (typeof input === 'string')
    return input ? `${subject} has ${count(input.length, issue)}.` : `${subject} is empty.`
  return cannotBe(subject, input)
}

function bound(issue: SizeIssue, limit: number | bigint, edge: 'most' | 'least'): string {
  if (issue.origin === 'string' || issue.origin === 'array') {
    return `Give ${issue.exact ? 'exactly' : `at ${edge}`} ${count(Number(limit), issue)}.`
  }
  if (issue.inclusive !== false) return `Give a number of at ${edge} ${limit}.`
  return `Give a number ${edge === 'most' ? 'below' : 'above'} ${limit}.`
}

function count(size: number, issue: SizeIssue): string {
  const [one, many] = issue.origin === 'string' ? ['character', 'characters'] : ['entry', 'entries']
  return `${size} ${size === 1 ? one : many}`
}

const subjectOf = (path: JsonPath): string => (path.length ? `“${formatPath(path)}”` : 'This')

function cannotBe(subject: string, input: unknown): string {
  return input === undefined ? `${subject} is missing.` : `${subject} cannot be ${inShort(input)}.`
}

function inShort(value: unknown): string {
  if (typeof value === 'string') return `“${value.length > 40 ? `${value.slice(0, 40)}…` : value}”`
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return String(value)
}

function kindName({ expected }: { expected: string }, { whole }: Fact): string {
  switch (expected) {
    case 'string':
      return 'a text'
    case 'number':
    case 'int':
      return whole ? 'a whole number' : 'a number'
    case 'boolean':
      return 'true or false'
    case 'array':
    case 'tuple':
      return 'a list'
    case 'object':
    case 'record':
      return 'an object'
    default:
      return expected
  }
}

function list(values: readonly unknown[]): string {
  const shown = values.slice(0, 12).map((value) => (typeof value === 'string' ? `“${value}”` : String(value)))
  return values.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ')
}

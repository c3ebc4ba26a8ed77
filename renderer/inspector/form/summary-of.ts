import type { Json } from '../../../src/core/pipeline.ts'
import type { Field } from './field-model.ts'
import { optionTitle } from './option-title.ts'

const longest = 80

/** An item of a list in a line, to tell it from the others: “Values lie between: age, from 0 to 120, for 95 % of rows”. */
export function summaryOf({ field }: Field, value: Json): string {
  const held = objectOf(value)
  if (field.kind === 'union') {
    const alternative = field.alternatives.find((each) => each.value === held[field.tag])
    const { [field.tag]: _, ...rest } = held
    const facts = factsIn(rest, alternative?.fields ?? [])
    const title = alternative?.title ?? 'Unknown kind'
    return cut(facts === '' ? title : `${title}: ${facts}`)
  }
  return cut(field.kind === 'object' ? factsIn(held, field.fields) : textOf(value))
}

/** What is set and is not the default anyway. */
function factsIn(held: Readonly<Record<string, Json>>, fields: readonly Field[]): string {
  const { min_value: low = null, max_value: high = null, strict_min, strict_max, ...rest } = held
  const below = strict_max === true ? 'below' : low === null ? 'at most' : ''
  const range = [
    ...(low === null ? [] : [strict_min === true ? 'above' : 'from', textOf(low)]),
    ...(high === null ? [] : [low === null ? below : `to ${below}`.trim(), textOf(high)]),
  ]
  const [about = '', ...others] = Object.entries(rest).map(([name, value]) => {
    const field = fields.find((each) => each.name === name)
    return field ? factOf(field, value) : textOf(value)
  })
  return [about, range.join(' '), ...others].filter((text) => text !== '').join(', ')
}

function factOf(field: Field, value: Json): string {
  if (value === null || JSON.stringify(value) === JSON.stringify(field.fallback)) return ''
  const text = textOf(value)
  switch (field.name) {
    case 'mostly':
      return typeof value === 'number' ? `for ${Number((value * 100).toPrecision(6))} % of rows` : text
    case 'row_condition':
      return `where ${text}`
    default:
      return textIn(field, value)
  }
}

/** A value that its own words do not explain stands behind the title of its field. */
function textIn({ title, field }: Field, value: Json): string {
  switch (field.kind) {
    case 'switch':
      return value === true ? title.toLowerCase() : `not ${title.toLowerCase()}`
    case 'number':
      return `${title.toLowerCase()} ${textOf(value)}`
    case 'choice':
      return optionTitle(value as string).toLowerCase()
    case 'text':
    case 'choices':
    case 'column':
    case 'columns':
    case 'file':
    case 'registered-model':
    case 'secret':
    case 'expression':
    case 'query':
    case 'scalar':
    case 'values':
    case 'tuple':
    case 'object':
    case 'list':
    case 'record':
    case 'union':
    case 'either':
    case 'json':
      return textOf(value)
  }
}

function textOf(value: Json): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value === 'object' && value !== null) {
    return Object.values(value)
      .map(textOf)
      .filter((text) => text !== '')
      .join(', ')
  }
  return typeof value === 'boolean' ? optionTitle(value) : String(value ?? 'none')
}

const objectOf = (value: Json): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)

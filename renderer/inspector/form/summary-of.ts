import type { Json } from '../../../src/core/pipeline.ts'
import type { Field } from './field-model.ts'
import { optionTitle } from './option-title.ts'

const longest = 80

/** An item of a list in a line, to tell it from the others: “Values are in a set: Churn, Yes, No”. */
export function summaryOf({ field }: Field, value: Json): string {
  if (field.kind === 'union') {
    const held = objectOf(value)
    const alternative = field.alternatives.find((each) => each.value === held[field.tag])
    const { [field.tag]: _, ...rest } = held
    const facts = valuesIn(rest)
    const title = alternative?.title ?? 'Unknown kind'
    return cut(facts === '' ? title : `${title}: ${facts}`)
  }
  return cut(valuesIn(value))
}

function valuesIn(value: Json): string {
  if (Array.isArray(value)) return value.map(valuesIn).join(', ')
  if (typeof value === 'object' && value !== null) {
    return Object.values(value)
      .map(valuesIn)
      .filter((text) => text !== '')
      .join(', ')
  }
  return typeof value === 'boolean' ? optionTitle(value) : String(value ?? 'none')
}

const objectOf = (value: Json): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)

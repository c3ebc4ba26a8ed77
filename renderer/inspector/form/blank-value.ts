import type { Json } from '../../../src/core/pipeline.ts'
import type { Field, FieldKind } from './field-model.ts'

/** What a new item of a list starts from: required fields empty, everything else left to its default. */
export function blankValue({ field, isNullable, fallback }: Field): Json {
  if (fallback !== undefined) return fallback
  if (isNullable) return null
  return blankOf(field)
}

function blankOf(field: FieldKind): Json {
  switch (field.kind) {
    case 'text':
    case 'column':
    case 'file':
    case 'registered-model':
    case 'secret':
    case 'expression':
    case 'query':
      return ''
    case 'number':
      return blankNumber(field)
    case 'switch':
      return false
    case 'choice':
      return field.options[0] ?? null
    case 'scalar':
      return field.types.includes('text') ? '' : field.types.includes('number') ? 0 : false
    case 'choices':
    case 'columns':
    case 'values':
      return []
    case 'list':
      return Array.from({ length: field.least }, () => blankValue(field.item))
    case 'tuple':
      return field.items.map(blankValue)
    case 'object':
      return blankObject(field.fields)
    case 'record':
      return {}
    case 'union': {
      const { value, fields } = field.alternatives[0]!
      return { [field.tag]: value, ...blankObject(fields) }
    }
    case 'either':
      return blankValue(field.alternatives[0]!)
    case 'json':
      return null
  }
}

/** The required fields alone. */
export function blankObject(fields: readonly Field[]): Record<string, Json> {
  return Object.fromEntries(
    fields.filter(({ isRequired }) => isRequired).map((field) => [field.name, blankValue(field)]),
  )
}

function blankNumber({ limits }: Extract<FieldKind, { kind: 'number' }>): number {
  const { minimum, maximum, includesMinimum } = limits
  if (minimum === null || minimum < 0) return maximum !== null && maximum < 0 ? maximum : 0
  if (includesMinimum) return minimum
  return maximum === null ? minimum + 1 : (minimum + maximum) / 2
}

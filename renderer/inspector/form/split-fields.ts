import type { Json } from '../../../src/core/pipeline.ts'
import type { Field } from './field-model.ts'

const mostAtOnce = 8

/**
 * The fields of a long form that are seen at once, and those behind “more”: parameters that may be left open, and are.
 * A short form is seen whole.
 */
export function splitFields(
  fields: readonly Field[],
  params: Readonly<Record<string, Json>>,
): { shown: readonly Field[]; more: readonly Field[] } {
  if (fields.length <= mostAtOnce) return { shown: fields, more: [] }
  const isOpen = ({ name, isRequired, fallback }: Field): boolean =>
    !isRequired && params[name] === undefined && (fallback === undefined || isEmpty(fallback))
  const closed = fields.filter((field) => !isOpen(field))
  // Without a field that must be filled in, the first ones tell what the node is about.
  const shown = closed.length > 0 ? closed : fields.slice(0, mostAtOnce)
  return { shown, more: fields.filter((field) => !shown.includes(field)) }
}

const isEmpty = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

import type { Json } from '../../../src/core/pipeline.ts'
import type { AnswerKind } from '../../../src/core/columns.ts'
import type { Field } from './field-model.ts'

const mostAtOnce = 8

/**
 * The fields of a long form that are seen at once, and those behind “more”: parameters that may be left open, and are.
 * A short form is seen whole, but for parameters of other models than those that the node is about.
 */
export function splitFields(
  fields: readonly Field[],
  params: Readonly<Record<string, Json>>,
  answers: AnswerKind | null = null,
): { shown: readonly Field[]; more: readonly Field[] } {
  const isOfOthers = (field: Field): boolean =>
    answers !== null &&
    field.answers !== null &&
    field.answers !== answers &&
    params[field.name] === undefined
  const fitting = fields.filter((field) => !isOfOthers(field))
  if (fitting.length <= mostAtOnce) return { shown: fitting, more: fields.filter(isOfOthers) }
  const isOpen = ({ name, isRequired, fallback }: Field): boolean =>
    !isRequired && params[name] === undefined && (fallback === undefined || isEmpty(fallback))
  const closed = fitting.filter((field) => !isOpen(field))
  // Without a field that must be filled in, the first ones tell what the node is about.
  const shown = closed.length > 0 ? closed : fitting.slice(0, mostAtOnce)
  return { shown, more: fields.filter((field) => !shown.includes(field)) }
}

const isEmpty = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

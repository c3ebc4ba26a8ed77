import type { FieldKind } from './field-model.ts'
import type { ParamPath } from './field-problems.ts'

/** The titles on the way to a place in a form, such as “Rules 2, When”; null where no field stands there. */
export function titleAlong(kind: FieldKind, path: ParamPath): string | null {
  const [key, ...rest] = path
  if (key === undefined) return ''
  const step = stepInto(kind, key)
  const behind = step && titleAlong(step.kind, rest)
  if (!step || behind === null) return null
  return `${step.title}${behind === '' || /^ \d/.test(behind) ? '' : ', '}${behind}`
}

function stepInto(kind: FieldKind, key: string | number): { title: string; kind: FieldKind } | null {
  const place = ` ${Number(key) + 1}`
  switch (kind.kind) {
    case 'object':
    case 'union': {
      const fields =
        kind.kind === 'object' ? kind.fields : kind.alternatives.flatMap((each) => [...each.fields])
      const field = fields.find(({ name }) => name === key)
      return field ? { title: field.title, kind: field.field } : null
    }
    case 'list':
      return { title: place, kind: kind.item.field }
    case 'tuple':
      return { title: place, kind: kind.items[Number(key)]?.field ?? { kind: 'json' } }
    case 'record':
      return { title: String(key), kind: kind.value.field }
    case 'values':
    case 'columns':
    case 'choices':
      return { title: place, kind: { kind: 'json' } }
    case 'text':
    case 'number':
    case 'switch':
    case 'choice':
    case 'column':
    case 'file':
    case 'registered-model':
    case 'secret':
    case 'expression':
    case 'query':
    case 'scalar':
    case 'either':
    case 'json':
      return null
  }
}

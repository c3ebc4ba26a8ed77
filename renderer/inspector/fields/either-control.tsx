import type { Json } from '../../../src/core/pipeline.ts'
import { blankValue } from '../form/blank-value.ts'
import type { Field } from '../form/field-model.ts'
import { Select } from '../../ui/select.tsx'
import { useFieldRenderers } from './field-renderers.ts'
import { effective, type FieldProps } from './field-props.ts'

/** A value of one of several forms that nothing but its look tells apart. */
export function EitherControl({ field, path, value, onChange, id, invalid }: FieldProps<'either'>) {
  const { Control } = useFieldRenderers()
  const { alternatives } = field.field
  const shown = effective(field, value)
  const place = Math.max(
    0,
    alternatives.findIndex((each) => looksLike(each, shown)),
  )
  const chosen = alternatives[place]!
  return (
    <div className="flex flex-col gap-3">
      <Select
        id={id}
        label={`${field.title}, form`}
        invalid={invalid}
        value={String(place)}
        options={alternatives.map(({ title }, index) => ({ value: String(index), title }))}
        onChange={(next) => onChange(blankValue(alternatives[Number(next)]!))}
      />
      <Control
        field={{ ...chosen, name: field.name }}
        path={path}
        value={shown}
        onChange={onChange}
        id={`${id}-value`}
        label={`${field.title}: ${chosen.title}`}
        invalid={invalid}
      />
    </div>
  )
}

const lists: ReadonlySet<string> = new Set(['list', 'values', 'choices', 'tuple', 'columns'])

function looksLike({ field }: Field, value: Json | undefined): boolean {
  if (Array.isArray(value)) return lists.has(field.kind)
  if (typeof value === 'object' && value !== null) {
    if (field.kind !== 'object') return field.kind === 'record' || field.kind === 'union'
    return field.fields.every(({ name, isRequired }) => !isRequired || name in value)
  }
  if (field.kind === 'choice') return field.options.some((option) => option === value)
  if (field.kind === 'number') return typeof value === 'number'
  return field.kind === 'switch' ? typeof value === 'boolean' : typeof value === 'string'
}

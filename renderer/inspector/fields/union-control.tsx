import type { Json } from '../../../src/core/pipeline.ts'
import { blankObject } from '../form/blank-value.ts'
import { Select } from '../../ui/select.tsx'
import type { UnionAlternative } from '../form/field-model.ts'
import { effective, type FieldProps } from './field-props.ts'
import { ObjectFields, recordOf } from './object-control.tsx'

/** One of several objects: which one, then its fields. */
export function UnionControl({ field, path, value, onChange, id, invalid }: FieldProps<'union'>) {
  const { tag, alternatives } = field.field
  const held = recordOf(effective(field, value))
  const chosen = alternatives.find((each) => each.value === held[tag])
  return (
    <div className="flex flex-col gap-3">
      <Select
        id={id}
        label={field.title}
        invalid={invalid}
        value={chosen?.value ?? 'unknown'}
        options={[
          ...(chosen ? [] : [{ value: 'unknown', title: 'Choose …' }]),
          ...alternatives.map((each) => ({ value: each.value, title: each.title })),
        ]}
        onChange={(next) => {
          const alternative = alternatives.find((each) => each.value === next)
          if (alternative) onChange(turnedInto(held, tag, alternative))
        }}
      />
      {chosen && (
        <>
          {chosen.description !== '' && <p className="text-xs text-ink-soft">{chosen.description}</p>}
          <ObjectFields fields={chosen.fields} path={path} value={held} onChange={onChange} />
        </>
      )}
    </div>
  )
}

/** Another kind of object that keeps the values of the fields that both have. */
function turnedInto(
  held: Readonly<Record<string, Json>>,
  tag: string,
  { value, fields }: UnionAlternative,
): Json {
  const kept = fields.flatMap(({ name }) => (held[name] === undefined ? [] : [[name, held[name]] as const]))
  return { [tag]: value, ...blankObject(fields), ...Object.fromEntries(kept) }
}

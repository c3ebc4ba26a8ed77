import type { Json } from '../../../src/core/pipeline.ts'
import type { Field } from '../form/field-model.ts'
import type { ParamPath } from '../form/field-problems.ts'
import { useFieldRenderers } from './field-renderers.ts'
import type { FieldProps } from './field-props.ts'

export function ObjectControl({ field, path, value, onChange, id }: FieldProps<'object'>) {
  return (
    <div id={id} role="group" aria-label={field.title}>
      <ObjectFields fields={field.field.fields} path={path} value={value} onChange={onChange} />
    </div>
  )
}

interface ObjectFieldsProps {
  fields: readonly Field[]
  path: ParamPath
  value: Json | undefined
  onChange: (value: Json) => void
}

/** The fields of an object; what the form does not know of it stays as it is. */
export function ObjectFields({ fields, path, value, onChange }: ObjectFieldsProps) {
  const { Row } = useFieldRenderers()
  const held = recordOf(value)
  return (
    <div className="flex flex-col gap-3">
      {fields.map((field) => (
        <Row
          key={field.name}
          field={field}
          path={[...path, field.name]}
          value={held[field.name]}
          onChange={(next) => onChange(withField(held, field.name, next))}
        />
      ))}
    </div>
  )
}

export const recordOf = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}

export function withField(
  held: Readonly<Record<string, Json>>,
  name: string,
  value: Json | undefined,
): Record<string, Json> {
  const { [name]: _, ...rest } = held
  if (value === undefined) return rest
  return name in held ? { ...held, [name]: value } : { ...rest, [name]: value }
}

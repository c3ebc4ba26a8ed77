import { columnsForField } from '../form/incoming-columns.ts'
import { useForm } from '../form/form-context.ts'
import { effective, type FieldProps } from './field-props.ts'
import { listedColumns } from './listed-columns.tsx'
import { NamePicker } from './name-picker.tsx'

export function ColumnControl(props: FieldProps<'column'>) {
  const { field, value, onChange, id, describedBy, invalid } = props
  const { columns, known } = columnsForField(useForm().shapes, field.name)
  const shown = effective(field, value)
  return (
    <NamePicker
      id={id}
      label={field.title}
      describedBy={describedBy}
      invalid={invalid}
      value={typeof shown === 'string' && shown !== '' ? shown : null}
      names={listedColumns(columns)}
      takesAny={!known || columns.length === 0}
      empty={field.isRequired ? 'Choose a column' : 'None'}
      onChange={onChange}
      {...(!field.isRequired && { onClear: () => onChange(field.isNullable ? null : undefined) })}
    />
  )
}

import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'

export function TextControl({ field, value, onChange, id, label, describedBy, invalid }: FieldProps<'text'>) {
  const shown = effective(field, value)
  const draft = useDraft(typeof shown === 'string' ? shown : '', (typed) => {
    const isUnset = typed === '' && !field.isRequired && field.field.minLength > 0
    onChange(isUnset ? undefined : typed)
  })
  const given = {
    id,
    'aria-label': label,
    'aria-describedby': describedBy,
    invalid,
    value: draft.text,
    placeholder: field.isRequired || field.fallback !== undefined ? undefined : 'Automatic',
    ...(field.field.maxLength !== null && { maxLength: field.field.maxLength }),
    onBlur: draft.leave,
  }
  return field.field.isLong ? (
    <TextArea {...given} rows={5} onChange={(event) => draft.change(event.target.value)} />
  ) : (
    <TextField {...given} onKeyDown={draft.keyDown} onChange={(event) => draft.change(event.target.value)} />
  )
}

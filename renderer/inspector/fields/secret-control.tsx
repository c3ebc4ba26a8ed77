import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { effective, type FieldProps } from './field-props.ts'
import { NamePicker } from './name-picker.tsx'

/** A text, or one of the secrets of the settings by its name. */
export function SecretControl({ field, value, onChange, id, describedBy, invalid }: FieldProps<'secret'>) {
  const client = useClient()
  const { data } = useQuery('secrets', (signal) => client.secrets.list(undefined, { signal }))
  const shown = effective(field, value)
  return (
    <NamePicker
      id={id}
      label={field.title}
      describedBy={describedBy}
      invalid={invalid}
      value={typeof shown === 'string' && shown !== '' ? shown : null}
      names={(data?.secrets ?? []).map(({ name }) => ({
        name: `secret:${name}`,
        detail: 'from the settings',
      }))}
      takesAny
      empty={field.isRequired ? 'Type it, or choose a secret' : 'None'}
      onChange={onChange}
      {...(!field.isRequired && { onClear: () => onChange(undefined) })}
    />
  )
}

import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { effective, type FieldProps } from './field-props.ts'
import type { ListedName } from './name-list.tsx'
import { NamePicker } from './name-picker.tsx'

/** A registered model, one of its aliases, or a name that is still to come. */
export function RegisteredModelControl(props: FieldProps<'registered-model'>) {
  const { field, value, onChange, id, describedBy, invalid } = props
  const client = useClient()
  const { data } = useQuery('models', (signal) => client.models.list({}, { signal }))
  const shown = effective(field, value)
  const models = data?.models ?? []
  const names: ListedName[] = models.flatMap(({ name, aliases }) =>
    [{ name }].concat(field.field.byAlias ? aliasNames(name, aliases) : []),
  )
  return (
    <NamePicker
      id={id}
      label={field.title}
      describedBy={describedBy}
      invalid={invalid}
      value={typeof shown === 'string' && shown !== '' ? shown : null}
      names={names}
      takesAny
      empty={field.isRequired ? 'Choose or type a name' : 'None'}
      onChange={onChange}
      {...(!field.isRequired && { onClear: () => onChange(undefined) })}
    />
  )
}

const aliasNames = (model: string, aliases: Readonly<Record<string, number>>): ListedName[] =>
  Object.entries(aliases).map(([alias, version]) => ({
    name: `${model}@${alias}`,
    detail: `version ${version}`,
  }))

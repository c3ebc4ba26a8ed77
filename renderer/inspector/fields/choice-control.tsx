import { Select } from '../../ui/select.tsx'
import { optionTitle } from '../form/option-title.ts'
import type { Scalar } from '../form/field-model.ts'
import { effective, type FieldProps } from './field-props.ts'

const unset = 'unset'

export function ChoiceControl({ field, value, onChange, id, label, invalid }: FieldProps<'choice'>) {
  const { options } = field.field
  const shown = effective(field, value)
  const place = options.indexOf(shown as Scalar)
  // A value that is no option is shown as it is: the finding beside it says what may stand there.
  const stray = shown !== undefined && shown !== null && place === -1 ? [JSON.stringify(shown)] : []
  const isOpen = !field.isRequired && field.fallback === undefined
  return (
    <Select
      id={id}
      {...(label !== undefined && { label })}
      invalid={invalid}
      value={place === -1 ? (stray.length > 0 ? 'stray' : unset) : String(place)}
      options={[
        ...(isOpen || (place === -1 && stray.length === 0)
          ? [{ value: unset, title: openTitle(isOpen) }]
          : []),
        ...options.map((option, index) => ({ value: String(index), title: optionTitle(option) })),
        ...stray.map((title) => ({ value: 'stray', title })),
      ]}
      onChange={(next) => {
        if (next !== 'stray') onChange(next === unset ? undefined : options[Number(next)])
      }}
    />
  )
}

const openTitle = (isOpen: boolean): string => (isOpen ? 'Automatic' : 'Choose …')

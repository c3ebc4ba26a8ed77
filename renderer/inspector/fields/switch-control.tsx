import type { Json } from '../../../src/core/pipeline.ts'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { effective, type FieldProps } from './field-props.ts'

/** Yes or no; where leaving it open means something of its own, a choice of three. */
export function SwitchControl({ field, value, onChange, id, label, invalid }: FieldProps<'switch'>) {
  const shown = effective(field, value)
  const named = label === undefined ? {} : { label }
  if (shown !== undefined || field.isRequired)
    return <Switch id={id} {...named} checked={shown === true} onChange={onChange} />
  return <OpenSwitch id={id} {...named} value={value} onChange={onChange} invalid={invalid} />
}

const options = [
  { value: 'open', title: 'Automatic' },
  { value: 'yes', title: 'Yes' },
  { value: 'no', title: 'No' },
] as const

function OpenSwitch(props: {
  id: string
  label?: string
  value: Json | undefined
  onChange: (value: boolean | undefined) => void
  invalid: boolean
}) {
  const { value, onChange, ...rest } = props
  return (
    <Select
      {...rest}
      value={value === undefined ? 'open' : value === true ? 'yes' : 'no'}
      options={options}
      onChange={(next) => onChange(next === 'open' ? undefined : next === 'yes')}
    />
  )
}

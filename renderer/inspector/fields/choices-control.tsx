import { Checkbox } from '../../ui/checkbox.tsx'
import { optionTitle } from '../form/option-title.ts'
import { effective, type FieldProps } from './field-props.ts'

/** Any number of options, in the order in which the schema names them. */
export function ChoicesControl({ field, value, onChange, id }: FieldProps<'choices'>) {
  const shown = effective(field, value)
  const chosen = new Set(Array.isArray(shown) ? shown : [])
  const { options } = field.field
  const toggle = (option: (typeof options)[number], isChosen: boolean): void =>
    onChange(options.filter((other) => (other === option ? isChosen : chosen.has(other))))
  return (
    <div role="group" id={id} aria-label={field.title} className="grid grid-cols-2 gap-x-3 gap-y-1.5">
      {options.map((option) => (
        <label key={String(option)} className="flex items-center gap-2">
          <Checkbox checked={chosen.has(option)} onChange={(isChosen) => toggle(option, isChosen)} />
          {optionTitle(option)}
        </label>
      ))}
    </div>
  )
}

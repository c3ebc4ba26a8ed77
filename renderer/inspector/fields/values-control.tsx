import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'
import { partsOf, readScalar, scalarText } from '../form/scalar-text.ts'
import { Chips } from './chips.tsx'
import { effective, type FieldProps } from './field-props.ts'

/** A list of short values: typed with Enter, or pasted, several at once. */
export function ValuesControl(props: FieldProps<'values'>) {
  const { field, value, onChange, id, label, describedBy, invalid } = props
  const { types } = field.field
  const shown = effective(field, value)
  const values = Array.isArray(shown) ? shown : []
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const add = (parts: readonly string[]): void => {
    const read = parts.map((part) => readScalar(part, types))
    const wrong = read.find((each) => 'problem' in each)
    setProblem(wrong ? wrong.problem : null)
    if (wrong) return
    setTyped('')
    if (read.length > 0)
      onChange([...values, ...read.flatMap((each) => ('value' in each ? [each.value] : []))])
  }
  const remove = (index: number): void => {
    const rest = values.filter((_, place) => place !== index)
    onChange(rest.length === 0 && !field.isRequired && field.fallback === undefined ? undefined : rest)
  }
  return (
    <div className="flex flex-col gap-2">
      <Chips
        label={`${field.title}, values`}
        items={values.map((each, index) => ({
          key: `${index} ${JSON.stringify(each)}`,
          text: scalarText(each, types),
        }))}
        onRemove={remove}
      />
      <TextField
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        invalid={invalid || problem !== null}
        value={typed}
        placeholder="Type a value, then Enter"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => add(partsOf(typed))}
        onPaste={(event) => {
          const pasted = partsOf(event.clipboardData.getData('text'))
          if (pasted.length < 2) return
          event.preventDefault()
          add(pasted)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add(partsOf(typed))
          if (event.key === 'Backspace' && typed === '' && values.length > 0) remove(values.length - 1)
        }}
      />
      {problem !== null && (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  )
}

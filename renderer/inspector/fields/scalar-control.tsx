import { TextField } from '../../ui/text-field.tsx'
import { readScalar, scalarText } from '../form/scalar-text.ts'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'

/** One value of several possible types: what is typed decides which it is. */
export function ScalarControl(props: FieldProps<'scalar'>) {
  const { field, value, onChange, id, label, describedBy, invalid } = props
  const { types } = field.field
  const shown = effective(field, value)
  const draft = useDraft(scalarText(shown, types), (typed) => {
    if (typed === '') {
      return onChange(field.isNullable ? null : field.isRequired ? '' : undefined)
    }
    const read = readScalar(typed, types)
    if ('problem' in read) return read.problem
    onChange(read.value)
  })
  const kind = typeof shown === 'string' ? 'text' : typeof shown
  return (
    <div className="flex flex-col gap-1">
      <div className="relative">
        <TextField
          id={id}
          aria-describedby={describedBy}
          aria-label={label}
          invalid={invalid || draft.problem !== null}
          className="pr-16"
          placeholder={field.isNullable ? 'None' : undefined}
          value={draft.text}
          onChange={(event) => draft.change(event.target.value)}
          onBlur={draft.leave}
          onKeyDown={draft.keyDown}
        />
        {types.length > 1 && shown !== undefined && shown !== null && (
          <span className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-xs text-ink-faint">
            {kind}
          </span>
        )}
      </div>
      {draft.problem !== null && (
        <p role="alert" className="text-xs text-bad">
          {draft.problem}
        </p>
      )}
    </div>
  )
}

import { useId } from 'react'
import type { Signature } from '../../../src/core/artifacts.ts'
import { TextField } from '../../ui/text-field.tsx'
import { ColumnTypeIcon } from '../column-type-icon.tsx'

interface RawInputFieldProps {
  name: string
  type: Signature['inputs'][number]['type']
  value: string
  onChange: (value: string) => void
  usual: readonly string[]
  problem: string | null
  isUnseen: boolean
}

/** A value of a row, typed as a file would have it. */
export function RawInputField({
  name,
  type,
  value,
  onChange,
  usual,
  problem,
  isUnseen: isNew,
}: RawInputFieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="flex items-center gap-1.5 text-xs text-ink-soft">
        <ColumnTypeIcon type={type} />
        <span className="truncate">{name}</span>
      </label>
      <TextField
        id={id}
        list={`${id}-usual`}
        value={value}
        placeholder="missing"
        invalid={problem !== null}
        aria-describedby={problem === null && !isNew ? undefined : `${id}-remark`}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={`${id}-usual`}>
        {usual.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {problem !== null && (
        <p id={`${id}-remark`} className="text-xs text-bad">
          {problem}
        </p>
      )}
      {problem === null && isNew && (
        <p id={`${id}-remark`} className="text-xs text-warn">
          Not among the values seen in training.
        </p>
      )}
    </div>
  )
}

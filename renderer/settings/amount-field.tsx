import { useId, useState } from 'react'
import { TextField } from '../ui/text-field.tsx'

interface AmountFieldProps {
  label: string
  unit: string
  /** Null for the preset. */
  value: number | null
  preset: number
  smallest: number
  largest: number
  onChange: (value: number | null) => void
}

/** A whole number that is kept when the field is left; empty means the preset. */
export function AmountField(props: AmountFieldProps) {
  const { label, unit, value, preset, smallest, largest, onChange } = props
  const id = useId()
  const kept = value === null ? '' : String(value)
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? kept
  const amount = text.trim() === '' ? null : Number(text)
  const isFit = amount === null || (Number.isInteger(amount) && amount >= smallest && amount <= largest)
  const leave = (): void => {
    if (!isFit) return
    setTyped(null)
    if (amount !== value) onChange(amount)
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <TextField
          id={id}
          inputMode="numeric"
          className="w-28"
          value={text}
          placeholder={String(preset)}
          invalid={!isFit}
          {...(!isFit && { 'aria-describedby': `${id}-problem` })}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={leave}
          onKeyDown={({ key }) => key === 'Enter' && leave()}
        />
        <span className="shrink-0 text-xs text-ink-soft tabular">{unit}</span>
      </div>
      {!isFit && (
        <p id={`${id}-problem`} className="mt-1 text-xs text-bad">
          A whole number of at least {smallest}.
        </p>
      )}
    </div>
  )
}

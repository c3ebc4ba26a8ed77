import { classNames } from '../../ui/class-names.ts'
import { TextField } from '../../ui/text-field.tsx'
import { readNumber } from '../form/number-text.ts'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'

export function NumberControl(props: FieldProps<'number'>) {
  const { field, value, onChange, id, label, describedBy, invalid } = props
  const shown = effective(field, value)
  const draft = useDraft(typeof shown === 'number' ? String(shown) : '', (typed) => {
    const read = readNumber(typed, field.field)
    if ('problem' in read) return read.problem
    const empty = field.isNullable ? null : undefined
    onChange(read.value ?? empty)
  })
  const step = (by: number): void => {
    const current = typeof shown === 'number' ? shown : 0
    draft.change(String(Number((current + by).toPrecision(12))))
  }
  const unit = Math.abs(stepOf(props))
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        {field.field.hasSlider && <Slider {...props} />}
        <div className={classNames('relative', field.field.hasSlider ? 'w-32 shrink-0' : 'min-w-0 flex-1')}>
          <TextField
            id={id}
            aria-label={label}
            inputMode="decimal"
            aria-describedby={describedBy}
            invalid={invalid || draft.problem !== null}
            className="tabular"
            style={field.unit === null ? undefined : { paddingRight: `calc(${field.unit.length}ch + 1rem)` }}
            placeholder={field.isNullable ? 'None' : 'Automatic'}
            value={draft.text}
            onChange={(event) => draft.change(event.target.value)}
            onBlur={draft.leave}
            onKeyDown={(event) => {
              draft.keyDown(event)
              if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
              event.preventDefault()
              step((event.key === 'ArrowUp' ? unit : -unit) * (event.shiftKey ? 10 : 1))
            }}
          />
          {field.unit !== null && (
            <span className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-xs text-ink-faint">
              {field.unit}
            </span>
          )}
        </div>
      </div>
      {draft.problem !== null && (
        <p role="alert" className="text-xs text-bad">
          {draft.problem} {typeof shown === 'number' && `It is still ${shown}.`}
        </p>
      )}
    </div>
  )
}

function stepOf({ field, value }: FieldProps<'number'>): number {
  if (field.field.isWhole) return 1
  if (field.field.hasSlider) return 0.01
  const shown = effective(field, value)
  return typeof shown === 'number' && Math.abs(shown) < 1 && shown !== 0
    ? 10 ** Math.floor(Math.log10(Math.abs(shown)))
    : 1
}

function Slider({ field, value, onChange, id }: FieldProps<'number'>) {
  const shown = effective(field, value)
  const { minimum, maximum, includesMinimum, includesMaximum } = field.field.limits
  const [low, high] = [minimum ?? 0, maximum ?? 1]
  const step = (high - low) / 100
  const change = (typed: number): void => {
    const lowest = includesMinimum ? low : low + step
    const highest = includesMaximum ? high : high - step
    onChange(Number(Math.min(Math.max(typed, lowest), highest).toPrecision(10)))
  }
  return (
    <input
      type="range"
      aria-label={`${field.title}, slider`}
      aria-controls={id}
      min={low}
      max={high}
      step={step}
      value={typeof shown === 'number' ? shown : low}
      onChange={(event) => change(event.target.valueAsNumber)}
      className="h-5 min-w-0 flex-1 accent-accent"
    />
  )
}

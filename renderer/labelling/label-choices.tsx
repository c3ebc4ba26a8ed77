import { useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { TextField } from '../ui/text-field.tsx'
import { keyOfClass } from './queue-state.ts'

interface LabelChoicesProps {
  /** Null where the truth is a number. */
  classes: readonly string[] | null
  target: string
  given: string | number | null
  onLabel: (label: string | number) => void
}

/** What it may really have been. */
export function LabelChoices({ classes, target, given, onLabel }: LabelChoicesProps) {
  if (!classes) return <NumberChoice target={target} given={given} onLabel={onLabel} />
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="pb-2 text-ink-soft">What “{target}” really was:</legend>
      {classes.map((each, place) => {
        const key = keyOfClass(place)
        return (
          <Button
            key={each}
            tone={given === each ? 'accent' : 'plain'}
            aria-pressed={given === each}
            {...(key !== null && { 'aria-keyshortcuts': key })}
            onClick={() => onLabel(each)}
          >
            {key !== null && <Keys keys={key} onDark={given === each} />}
            {each}
          </Button>
        )
      })}
    </fieldset>
  )
}

function NumberChoice({ target, given, onLabel }: Omit<LabelChoicesProps, 'classes'>) {
  const id = useId()
  const [typed, setTyped] = useState(given === null ? '' : String(given))
  const isNumber = typed.trim() !== '' && Number.isFinite(Number(typed))
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isNumber) onLabel(Number(typed))
      }}
    >
      <label htmlFor={id} className="text-ink-soft">
        What “{target}” really was:
      </label>
      <TextField
        id={id}
        autoFocus
        inputMode="decimal"
        className="w-40"
        value={typed}
        invalid={typed !== '' && !isNumber}
        onChange={({ target: field }) => setTyped(field.value)}
      />
      <Button type="submit" disabled={!isNumber}>
        Keep <Keys keys="enter" />
      </Button>
    </form>
  )
}

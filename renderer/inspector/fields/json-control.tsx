import type { Json } from '../../../src/core/pipeline.ts'
import { TextArea } from '../../ui/text-area.tsx'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'

/** Any JSON value, for what has no field of its own. */
export function JsonControl({ field, value, onChange, id, label, describedBy, invalid }: FieldProps<'json'>) {
  const shown = effective(field, value)
  const text = shown === undefined ? '' : JSON.stringify(shown, null, 2)
  const draft = useDraft(text, (typed) => {
    if (typed.trim() === '') return onChange(undefined)
    try {
      onChange(JSON.parse(typed) as Json)
    } catch {
      return 'This is not JSON yet: texts and names stand in double quotes.'
    }
  })
  return (
    <div className="flex flex-col gap-1">
      <TextArea
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        invalid={invalid || draft.problem !== null}
        className="font-mono text-xs"
        rows={4}
        value={draft.text}
        onChange={(event) => draft.change(event.target.value)}
        onBlur={draft.leave}
      />
      {draft.problem !== null && (
        <p role="alert" className="text-xs text-bad">
          {draft.problem}
        </p>
      )}
    </div>
  )
}

import { Trash2 } from 'lucide-react'
import type { Edit } from '../../src/core/edits.ts'
import type { PipelineParameter } from '../../src/core/pipeline.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { readNumber } from './form/number-text.ts'
import { useDraft } from './form/use-draft.ts'

const types = [
  { value: 'text', title: 'Text' },
  { value: 'path', title: 'Path' },
  { value: 'number', title: 'Number' },
  { value: 'integer', title: 'Whole number' },
  { value: 'boolean', title: 'Yes or no' },
] as const

interface ParameterEditorProps {
  name: string
  /** Changes the name, here and wherever it is referred to. */
  onRename: (to: string) => void
  parameter: PipelineParameter
  onEdit: (title: string, edit: Edit) => void
}

/** A parameter of the pipeline: its type and what it is when a run gives it no value. */
export function ParameterEditor({ name, parameter, onEdit, onRename }: ParameterEditorProps) {
  const title = useDraft(name, onRename)
  const set = (next: PipelineParameter | null): void =>
    onEdit(next ? `Change the parameter “${name}”` : `Remove the parameter “${name}”`, {
      kind: 'set-parameter',
      name,
      parameter: next,
    })
  return (
    <div className="flex flex-col gap-1.5 rounded-md border border-line p-2">
      <div className="flex items-center gap-1">
        <TextField
          aria-label={`Name of the parameter ${name}`}
          value={title.text}
          onChange={(event) => title.change(event.target.value)}
          onBlur={title.leave}
        />
        <Select
          label={`Type of ${name}`}
          className="w-32"
          value={parameter.type}
          options={types}
          onChange={(type) => set(turnedInto(parameter, type))}
        />
        <IconButton label={`Remove ${name}`} onClick={() => set(null)}>
          <Trash2 size={14} />
        </IconButton>
      </div>
      <DefaultField name={name} parameter={parameter} onChange={set} />
    </div>
  )
}

interface DefaultFieldProps {
  name: string
  parameter: PipelineParameter
  onChange: (parameter: PipelineParameter) => void
}

function DefaultField({ name, parameter, onChange }: DefaultFieldProps) {
  const draft = useDraft(String(parameter.default ?? ''), (typed) => {
    const next = withDefault(parameter, typed)
    if (next) onChange(next)
  })
  if (parameter.type === 'boolean') {
    return (
      <label className="flex items-center gap-2">
        <Switch
          checked={parameter.default === true}
          onChange={(isOn) => onChange({ ...parameter, default: isOn })}
        />
        Yes, unless a run says otherwise
      </label>
    )
  }
  return (
    <TextField
      aria-label={`Value of ${name}`}
      placeholder="No value: every run must give one"
      value={draft.text}
      invalid={withDefault(parameter, draft.text) === null}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.leave}
    />
  )
}

const noLimits = { minimum: null, maximum: null, includesMinimum: false, includesMaximum: false }

/** Null where the text is no value of the type. */
function withDefault(parameter: PipelineParameter, typed: string): PipelineParameter | null {
  const { type, title, description } = parameter
  const texts = { ...(title !== undefined && { title }), ...(description !== undefined && { description }) }
  if (type === 'boolean') return { type, ...texts }
  if (type === 'text' || type === 'path') return { type, ...(typed !== '' && { default: typed }), ...texts }
  const read = readNumber(typed, { isWhole: type === 'integer', limits: noLimits })
  if ('problem' in read) return null
  return { type, ...(read.value !== null && { default: read.value }), ...texts }
}

/** Another type, with the value as far as it is one of that type too. */
function turnedInto(parameter: PipelineParameter, type: PipelineParameter['type']): PipelineParameter {
  const { default: held, type: _, ...texts } = parameter
  if (type === 'boolean')
    return typeof held === 'boolean' ? { ...texts, type, default: held } : { ...texts, type }
  return withDefault({ ...texts, type }, held === undefined ? '' : String(held)) ?? { ...texts, type }
}

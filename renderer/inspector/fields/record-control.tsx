import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Json } from '../../../src/core/pipeline.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { blankValue } from '../form/blank-value.ts'
import { columnsForField } from '../form/incoming-columns.ts'
import { hasProblems } from '../form/field-problems.ts'
import { useForm } from '../form/form-context.ts'
import { useDraft } from '../form/use-draft.ts'
import { useFieldRenderers } from './field-renderers.ts'
import { effective, type FieldProps } from './field-props.ts'
import { listedColumns } from './listed-columns.tsx'
import { NameList } from './name-list.tsx'
import { recordOf } from './object-control.tsx'

/** Values by name: of columns, or of anything. */
export function RecordControl({ field, path, value, onChange, id }: FieldProps<'record'>) {
  const { problems } = useForm()
  const held = recordOf(effective(field, value))
  const { value: item, byColumn } = field.field
  const put = (entries: readonly (readonly [string, Json])[]): void => onChange(Object.fromEntries(entries))
  const entries = Object.entries(held)
  return (
    <div id={id} role="group" aria-label={field.title} className="flex flex-col items-stretch gap-2">
      {entries.map(([name, each]) => (
        <Entry
          key={name}
          name={name}
          takesName={(wanted) => wanted === name || !Object.hasOwn(held, wanted)}
          isFixed={byColumn}
          field={{ ...item, title: name, name: field.name }}
          path={[...path, name]}
          value={each}
          invalid={hasProblems(problems, [...path, name])}
          onRename={(to) => put(entries.map(([old, of]) => [old === name ? to : old, of]))}
          onChange={(next) => put(entries.map(([old, of]) => [old, old === name ? next : of]))}
          onRemove={() => put(entries.filter(([old]) => old !== name))}
        />
      ))}
      <AddEntry
        field={field}
        taken={Object.keys(held)}
        onAdd={(name) => put([...entries, [name, blankValue(item)]])}
      />
    </div>
  )
}

interface EntryProps {
  name: string
  takesName: (name: string) => boolean
  isFixed: boolean
  field: FieldProps<'record'>['field']['field']['value']
  path: FieldProps<'record'>['path']
  value: Json
  invalid: boolean
  onRename: (name: string) => void
  onChange: (value: Json) => void
  onRemove: () => void
}

function Entry(props: EntryProps) {
  const { name, takesName, isFixed, field, path, value, invalid, onRename, onChange, onRemove } = props
  const { Control } = useFieldRenderers()
  const { node } = useForm()
  const draft = useDraft(name, (typed) => {
    if (takesName(typed)) onRename(typed)
  })
  const isWide =
    field.field.kind === 'object' || field.field.kind === 'record' || field.field.kind === 'values'
  const control = (
    <Control
      field={field}
      path={path}
      value={value}
      onChange={(next) => onChange(next ?? blankValue(field))}
      id={`${node}-${path.join('-')}`}
      label={`Value of ${name}`}
      invalid={invalid}
    />
  )
  return (
    <div className={isWide ? 'flex flex-col gap-2 rounded-md border border-line p-2' : undefined}>
      <div className="flex items-center gap-1.5">
        {isFixed ? (
          <span className="min-w-0 flex-1 truncate" title={name}>
            {name}
          </span>
        ) : (
          <TextField
            aria-label={`Name of ${name}`}
            value={draft.text}
            onChange={(event) => draft.change(event.target.value)}
            onBlur={draft.leave}
            className="flex-1"
          />
        )}
        {!isWide && <div className="min-w-0 flex-1">{control}</div>}
        <IconButton label={`Remove ${name}`} onClick={onRemove}>
          <Trash2 size={14} />
        </IconButton>
      </div>
      {isWide && control}
    </div>
  )
}

interface AddEntryProps {
  field: FieldProps<'record'>['field']
  taken: readonly string[]
  onAdd: (name: string) => void
}

function AddEntry({ field, taken, onAdd }: AddEntryProps) {
  const { columns, known } = columnsForField(useForm().shapes, field.name)
  const [isOpen, setOpen] = useState(false)
  const free = field.field.byColumn ? columns.filter(({ name }) => !taken.includes(name)) : []
  return (
    <Popover
      label={`Add to ${field.title}`}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button tone="quiet" icon={<Plus size={14} />} className="-ml-2 self-start">
          {field.field.byColumn ? 'Add a column' : 'Add'}
        </Button>
      }
    >
      <NameList
        label={field.title}
        names={listedColumns(free)}
        takesAny={!field.field.byColumn || !known || columns.length === 0}
        isChosen={() => false}
        onChoose={(name) => {
          setOpen(false)
          if (!taken.includes(name)) onAdd(name)
        }}
      />
    </Popover>
  )
}

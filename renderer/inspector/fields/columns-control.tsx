import type { Column } from '../../../src/core/columns.ts'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { Select } from '../../ui/select.tsx'
import {
  chosenColumns,
  readColumnChoice,
  writeColumnChoice,
  type ColumnChoice,
} from '../form/column-choice.ts'
import { columnsForField } from '../form/incoming-columns.ts'
import { useForm } from '../form/form-context.ts'
import { titleOf } from '../form/field-model.ts'
import { effective, type FieldProps } from './field-props.ts'
import { NamesPicker } from './names-picker.tsx'

const ways = [
  { value: 'rule', title: 'By type' },
  { value: 'names', title: 'By name' },
] as const

export function ColumnsControl({ field, value, onChange, id }: FieldProps<'columns'>) {
  const { columns, known } = columnsForField(useForm().shapes, field.name)
  const choice = readColumnChoice(effective(field, value))
  const { byRule } = field.field
  const change = (next: ColumnChoice): void => onChange(writeColumnChoice(next))
  const turnTo = (by: ColumnChoice['by']): void => {
    const names = chosenColumns(choice, columns).map(({ name }) => name)
    change(by === 'names' ? { by, names } : { by, type: byRule?.at(-1) ?? 'any', except: [] })
  }
  return (
    <div id={id} role="group" aria-label={field.title} className="flex flex-col gap-2">
      {byRule && (
        <SegmentedControl
          label={`How ${field.title} are chosen`}
          value={choice.by}
          options={ways}
          onChange={turnTo}
        />
      )}
      {choice.by === 'names' ? (
        <NamesPicker
          label={field.title}
          names={choice.names}
          columns={columns}
          takesAny={!known}
          add="Add columns"
          onChange={(names) => change({ ...choice, names })}
        />
      ) : (
        <Rule title={field.title} types={byRule ?? []} choice={choice} columns={columns} onChange={change} />
      )}
    </div>
  )
}

interface RuleProps {
  title: string
  types: readonly string[]
  choice: Extract<ColumnChoice, { by: 'rule' }>
  columns: readonly Column[]
  onChange: (choice: ColumnChoice) => void
}

function Rule({ title, types, choice, columns, onChange }: RuleProps) {
  const chosen = chosenColumns(choice, columns)
  return (
    <>
      <Select
        label={`Type of ${title}`}
        value={choice.type}
        options={types.map((type) => ({ value: type, title: ruleTitle(type) }))}
        onChange={(type) => onChange({ ...choice, type })}
      />
      <NamesPicker
        label="Except"
        names={choice.except}
        columns={chosenColumns({ ...choice, except: [] }, columns)}
        takesAny
        add="Except …"
        onChange={(except) => onChange({ ...choice, except })}
      />
      {columns.length > 0 && (
        <p className="text-xs text-ink-faint" title={chosen.map(({ name }) => name).join(', ')}>
          {chosen.length === 0 ? 'Fits no column now.' : `Fits ${countOf(chosen.length)}: ${firstOf(chosen)}`}
        </p>
      )}
    </>
  )
}

const countOf = (count: number): string => (count === 1 ? 'one column now' : `${count} columns now`)

function firstOf(columns: readonly Column[]): string {
  const names = columns.slice(0, 4).map(({ name }) => name)
  return `${names.join(', ')}${columns.length > 4 ? ', …' : '.'}`
}

const ruleTitle = (type: string): string => (type === 'any' ? 'All features' : `${titleOf(type)} features`)

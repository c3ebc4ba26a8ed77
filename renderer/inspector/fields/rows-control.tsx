import { Plus, Trash2 } from 'lucide-react'
import type { Json } from '../../../src/core/pipeline.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import type { Field } from '../form/field-model.ts'
import { readScalar, scalarText } from '../form/scalar-text.ts'
import { useDraft } from '../form/use-draft.ts'
import { effective, type FieldProps } from './field-props.ts'
import { recordOf, withField } from './object-control.tsx'

/** Whether a list is a small table: of records of single values. */
export const tableItem = ({ field }: Field): boolean =>
  field.kind === 'record' && field.value.field.kind === 'scalar'

type Row = Readonly<Record<string, Json>>
const types = ['text', 'number', 'boolean'] as const

/** A small table that is typed in, cell by cell. */
export function RowsControl({ field, value, onChange, id }: FieldProps<'list'>) {
  const shown = effective(field, value)
  const rows: readonly Row[] = Array.isArray(shown) ? shown.map(recordOf) : []
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const freeName = (): string => {
    let number = columns.length + 1
    while (columns.includes(`column ${number}`)) number++
    return `column ${number}`
  }
  const addColumn = (): void => {
    const name = freeName()
    onChange((rows.length === 0 ? [{}] : rows).map((row) => withField(row, name, null)))
  }
  const rename = (from: string, to: string): void => {
    if (to === '' || columns.includes(to)) return
    onChange(rows.map((row) => renamed(row, from, to)))
  }
  return (
    <div id={id} role="group" aria-label={field.title} className="flex flex-col gap-2">
      {columns.length > 0 && (
        <div className="overflow-auto rounded-md border border-line">
          <table className="w-full border-collapse">
            <thead>
              <tr>
                {columns.map((name) => (
                  <th key={name} className="border-r border-b border-line bg-raised p-0">
                    <Cell label={`Name of column ${name}`} text={name} onCommit={(to) => rename(name, to)} />
                  </th>
                ))}
                <th className="w-8 border-b border-line bg-raised">
                  <span className="sr-only">Remove</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  {columns.map((name) => (
                    <td key={name} className="border-r border-b border-line p-0">
                      <Cell
                        label={`${name}, row ${index + 1}`}
                        text={scalarText(row[name], types)}
                        onCommit={(typed) =>
                          onChange(rows.map((old, at) => (at === index ? withCell(old, name, typed) : old)))
                        }
                      />
                    </td>
                  ))}
                  <td className="border-b border-line p-0">
                    <IconButton
                      label={`Remove row ${index + 1}`}
                      onClick={() => onChange(rows.filter((_, at) => at !== index))}
                    >
                      <Trash2 size={14} />
                    </IconButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="-ml-2 flex gap-1">
        <Button tone="quiet" icon={<Plus size={14} />} onClick={addColumn}>
          Column
        </Button>
        {columns.length > 0 && (
          <Button
            tone="quiet"
            icon={<Plus size={14} />}
            onClick={() => onChange([...rows, Object.fromEntries(columns.map((name) => [name, null]))])}
          >
            Row
          </Button>
        )}
      </div>
    </div>
  )
}

function Cell(props: { label: string; text: string; onCommit: (typed: string) => void }) {
  const { label, text, onCommit } = props
  const draft = useDraft(text, onCommit)
  return (
    <input
      aria-label={label}
      value={draft.text}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.leave}
      className="h-8 w-full min-w-16 bg-transparent px-2 font-normal outline-offset-[-2px]"
    />
  )
}

const renamed = (row: Row, from: string, to: string): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name === from ? to : name, value]))

function withCell(row: Row, name: string, typed: string): Row {
  const read = readScalar(typed, types)
  return { ...row, [name]: typed === '' || !('value' in read) ? null : read.value }
}

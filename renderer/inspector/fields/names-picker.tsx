import { Plus } from 'lucide-react'
import type { Column } from '../../../src/core/columns.ts'
import { Button } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Chips } from './chips.tsx'
import { listedColumns } from './listed-columns.tsx'
import { NameList } from './name-list.tsx'

interface NamesPickerProps {
  label: string
  names: readonly string[]
  columns: readonly Column[]
  takesAny: boolean
  /** What the button says. */
  add: string
  onChange: (names: readonly string[]) => void
}

/** Several columns by name, in the order in which they were chosen. */
export function NamesPicker({ label, names, columns, takesAny, add, onChange }: NamesPickerProps) {
  const known = new Set(columns.map(({ name }) => name))
  const toggle = (name: string): void =>
    onChange(names.includes(name) ? names.filter((other) => other !== name) : [...names, name])
  return (
    <div className="flex flex-col items-start gap-2">
      <Chips
        label={`${label}, chosen`}
        items={names.map((name) => ({ key: name, text: name, invalid: !takesAny && !known.has(name) }))}
        onRemove={(index) => onChange(names.filter((_, place) => place !== index))}
      />
      <Popover
        label={label}
        trigger={
          <Button tone="quiet" icon={<Plus size={14} />} className="-ml-2">
            {add}
          </Button>
        }
      >
        <NameList
          label={label}
          names={listedColumns(columns)}
          takesAny={takesAny || columns.length === 0}
          isChosen={(name) => names.includes(name)}
          onChoose={toggle}
          lead={
            columns.length > 1 && (
              <div className="flex gap-1">
                <Button tone="quiet" onClick={() => onChange(columns.map(({ name }) => name))}>
                  All
                </Button>
                <Button tone="quiet" onClick={() => onChange([])}>
                  None
                </Button>
              </div>
            )
          }
        />
      </Popover>
    </div>
  )
}

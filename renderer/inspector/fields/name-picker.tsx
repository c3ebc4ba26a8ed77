import { ChevronDown, X } from 'lucide-react'
import { useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { fieldClass } from '../../ui/field-class.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { NameList, type ListedName } from './name-list.tsx'

interface NamePickerProps {
  id?: string
  label: string
  value: string | null
  names: readonly ListedName[]
  takesAny: boolean
  /** What stands there while nothing is chosen. */
  empty: string
  onChange: (name: string) => void
  /** Offered where nothing may stand there. */
  onClear?: () => void
  invalid?: boolean
  describedBy?: string | undefined
}

/** One name out of many. */
export function NamePicker(props: NamePickerProps) {
  const { id, label, value, names, takesAny, empty, onChange, onClear, invalid = false, describedBy } = props
  const [isOpen, setOpen] = useState(false)
  const chosen = names.find(({ name }) => name === value)
  return (
    <div className="flex min-w-0 items-center gap-1">
      <Popover
        label={label}
        open={isOpen}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            id={id}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            aria-label={id === undefined ? `${label}: ${value ?? empty}` : undefined}
            className={classNames(fieldClass, 'flex items-center gap-2 text-left')}
          >
            {chosen?.icon}
            <span className={classNames('min-w-0 flex-1 truncate', !value && 'text-ink-faint')}>
              {value ? value : empty}
            </span>
            <ChevronDown size={14} className="shrink-0 text-ink-faint" aria-hidden />
          </button>
        }
      >
        <NameList
          label={label}
          names={names}
          takesAny={takesAny}
          isChosen={(name) => name === value}
          onChoose={(name) => {
            onChange(name)
            setOpen(false)
          }}
        />
      </Popover>
      {onClear && value && (
        <IconButton label={`Clear ${label}`} onClick={onClear}>
          <X size={14} />
        </IconButton>
      )}
    </div>
  )
}

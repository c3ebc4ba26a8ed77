import { ArrowDown, ArrowUp, ChevronRight, Ellipsis, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Json } from '../../../src/core/pipeline.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { blankValue } from '../form/blank-value.ts'
import type { Field } from '../form/field-model.ts'
import { hasProblems, type ParamPath } from '../form/field-problems.ts'
import { useForm } from '../form/form-context.ts'
import { summaryOf } from '../form/summary-of.ts'
import { AddAlternative } from './add-alternative.tsx'
import { useFieldRenderers } from './field-renderers.ts'
import { effective, type FieldProps } from './field-props.ts'
import { RowsControl, tableItem } from './rows-control.tsx'

/** Larger items, one below the other; of many fields, one is open at a time. */
export function ListControl(props: FieldProps<'list'>) {
  const { field, path, value, onChange, id } = props
  const { item } = field.field
  const shown = effective(field, value)
  const items = Array.isArray(shown) ? shown : []
  const [open, setOpen] = useState<number | null>(null)
  if (tableItem(item)) return <RowsControl {...props} />
  const add = (added: Json): void => {
    setOpen(items.length)
    onChange([...items, added])
  }
  const remove = (index: number): void => {
    setOpen(null)
    onChange(items.filter((_, place) => place !== index))
  }
  const move = (index: number, by: -1 | 1): void => {
    setOpen((was) => (was === index ? index + by : was))
    onChange(moved(items, index, by))
  }
  return (
    <div id={id} role="group" aria-label={field.title} className="flex flex-col items-stretch gap-2">
      {items.length > 0 && (
        <ol className="flex flex-col overflow-hidden rounded-md border border-line">
          {items.map((each, index) => (
            <ListItem
              key={index}
              field={item}
              path={[...path, index]}
              value={each}
              place={{ index, count: items.length }}
              isOpen={open === index || !isFoldable(item)}
              onToggle={() => setOpen(open === index ? null : index)}
              onChange={(next) => onChange(items.map((old, at) => (at === index ? next : old)))}
              onRemove={() => remove(index)}
              onMove={(by) => move(index, by)}
            />
          ))}
        </ol>
      )}
      {item.field.kind === 'union' ? (
        <AddAlternative title={field.title} field={item.field} onAdd={add} />
      ) : (
        <Button
          tone="quiet"
          icon={<Plus size={14} />}
          className="-ml-2 self-start"
          onClick={() => add(blankValue(item))}
        >
          Add {items.length === 0 ? 'the first' : 'another'}
        </Button>
      )}
    </div>
  )
}

/** Items of many fields are folded; small ones stand open. */
const isFoldable = ({ field }: Field): boolean =>
  field.kind === 'union' || (field.kind === 'object' && field.fields.length > 3)

interface ListItemProps {
  field: Field
  path: ParamPath
  value: Json
  place: { index: number; count: number }
  isOpen: boolean
  onToggle: () => void
  onChange: (value: Json) => void
  onRemove: () => void
  onMove: (by: -1 | 1) => void
}

function ListItem(props: ListItemProps) {
  const { field, path, value, place, isOpen, onToggle, onChange, onRemove, onMove } = props
  const { Control } = useFieldRenderers()
  const { problems, node } = useForm()
  const number = place.index + 1
  const invalid = hasProblems(problems, path)
  const contentId = `${node}-${path.join('-')}`
  return (
    <li className="border-b border-line last:border-b-0">
      <div className="flex items-center gap-0.5 bg-raised pr-1 pl-2">
        {isFoldable(field) ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={contentId}
            onClick={onToggle}
            className="flex h-8 min-w-0 flex-1 items-center gap-1.5 text-left"
          >
            <ChevronRight
              size={14}
              aria-hidden
              className={classNames('shrink-0 text-ink-faint transition-transform', isOpen && 'rotate-90')}
            />
            <span className={classNames('truncate', invalid && 'text-bad')}>{summaryOf(field, value)}</span>
          </button>
        ) : (
          <span className="flex-1 text-xs text-ink-faint">{number}</span>
        )}
        <Menu
          items={[
            {
              title: 'Move up',
              icon: <ArrowUp size={14} />,
              disabled: place.index === 0,
              onSelect: () => onMove(-1),
            },
            {
              title: 'Move down',
              icon: <ArrowDown size={14} />,
              disabled: number === place.count,
              onSelect: () => onMove(1),
            },
            { title: 'Remove', icon: <Trash2 size={14} />, startsGroup: true, onSelect: onRemove },
          ]}
        >
          <IconButton label={`Item ${number}: move or remove`} className="size-7">
            <Ellipsis size={14} />
          </IconButton>
        </Menu>
      </div>
      {isOpen && (
        <div id={contentId} className="p-3">
          <Control
            field={field}
            path={path}
            value={value}
            onChange={(next) => onChange(next ?? blankValue(field))}
            id={`${contentId}-control`}
            label={`Item ${number}`}
            invalid={invalid}
          />
        </div>
      )}
    </li>
  )
}

function moved(items: readonly Json[], index: number, by: -1 | 1): Json[] {
  const order = [...items]
  const [item] = order.splice(index, 1)
  order.splice(index + by, 0, item!)
  return order
}

import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Json } from '../../../src/core/pipeline.ts'
import { Button } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'
import { blankObject } from '../form/blank-value.ts'
import type { FieldKind } from '../form/field-model.ts'
import { NameList } from './name-list.tsx'

interface AddAlternativeProps {
  /** Of the list that it is added to. */
  title: string
  field: Extract<FieldKind, { kind: 'union' }>
  onAdd: (value: Json) => void
}

/** Adds one of many kinds of items, found by their titles. */
export function AddAlternative({ title, field, onAdd }: AddAlternativeProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      label={`Add to ${title}`}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button tone="quiet" icon={<Plus size={14} />} className="-ml-2 self-start">
          Add
        </Button>
      }
    >
      <NameList
        label={title}
        names={field.alternatives.map(({ title: name }) => ({ name }))}
        takesAny={false}
        isChosen={() => false}
        onChoose={(name) => {
          const chosen = field.alternatives.find((each) => each.title === name)!
          setOpen(false)
          onAdd({ [field.tag]: chosen.value, ...blankObject(chosen.fields) })
        }}
      />
    </Popover>
  )
}

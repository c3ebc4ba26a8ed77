import { Command } from 'cmdk'
import { Check, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'

export interface ListedName {
  name: string
  /** What stands before and behind it. */
  icon?: ReactNode
  detail?: string
}

interface NameListProps {
  label: string
  names: readonly ListedName[]
  isChosen: (name: string) => boolean
  onChoose: (name: string) => void
  /** Whether a name that is not in the list may be taken as it was typed. */
  takesAny: boolean
  /** Stands above the names. */
  lead?: ReactNode
}

/** Names to choose from, with a field that finds them. */
export function NameList({ label, names, isChosen, onChoose, takesAny, lead }: NameListProps) {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim()
  const isNew = takesAny && wanted !== '' && names.every(({ name }) => name !== wanted)
  return (
    <Command label={label} className="flex w-64 flex-col gap-2" loop>
      <Command.Input
        autoFocus
        value={typed}
        onValueChange={setTyped}
        placeholder={takesAny ? 'Find or type a name' : 'Find'}
        className="h-8 rounded-md border border-line-strong bg-surface px-2.5 text-sm outline-none focus-visible:border-accent"
      />
      {lead}
      <Command.List className="max-h-64 overflow-auto">
        {!isNew && (
          <Command.Empty className="px-2 py-3 text-center text-ink-faint">
            {names.length === 0 ? 'No names are known here yet.' : 'Nothing fits.'}
          </Command.Empty>
        )}
        {names.map(({ name, icon, detail }) => (
          <Command.Item
            key={name}
            value={name}
            onSelect={() => onChoose(name)}
            className="flex h-7.5 cursor-default items-center gap-2 rounded-md px-2 data-[selected=true]:bg-hover"
          >
            {icon}
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {detail && <span className="shrink-0 text-xs text-ink-faint">{detail}</span>}
            <Check size={14} aria-hidden className={isChosen(name) ? 'text-accent' : 'invisible'} />
            {isChosen(name) && <span className="sr-only">chosen</span>}
          </Command.Item>
        ))}
        {isNew && (
          <Command.Item
            value={`new ${wanted}`}
            forceMount
            onSelect={() => onChoose(wanted)}
            className="flex h-7.5 cursor-default items-center gap-2 rounded-md px-2 data-[selected=true]:bg-hover"
          >
            <Plus size={14} aria-hidden className="text-ink-faint" />
            <span className="min-w-0 truncate">Take “{wanted}”</span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  )
}

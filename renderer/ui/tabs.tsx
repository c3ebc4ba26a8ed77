import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

export interface TabDefinition<Id extends string> {
  id: Id
  title: string
  /** A small count or mark behind the title. */
  mark?: ReactNode
  content: ReactNode
}

interface TabsProps<Id extends string> {
  /** For screen readers. */
  label: string
  tabs: readonly TabDefinition<Id>[]
  active: Id
  onActivate: (id: Id) => void
  /** Behind the tabs, at the right; below them where there is no room. */
  actions?: ReactNode
}

/** Only the content of the active tab exists. */
export function Tabs<Id extends string>({ label, tabs, active, onActivate, actions }: TabsProps<Id>) {
  return (
    <Primitive.Root
      value={active}
      onValueChange={(id) => onActivate(id as Id)}
      className="flex h-full min-h-0 flex-col"
    >
      <div className="flex shrink-0 flex-wrap items-center justify-end border-b border-line pr-2">
        <Primitive.List
          aria-label={label}
          className="flex max-w-full flex-[1_0_auto] overflow-x-auto overflow-y-hidden px-2"
        >
          {tabs.map(({ id, title, mark }) => (
            <Primitive.Trigger
              key={id}
              value={id}
              className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2 text-sm text-ink-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {title}
              {mark}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {actions && <div className="flex max-w-full min-w-0 items-center gap-1">{actions}</div>}
      </div>
      {tabs.map(({ id, content }) => (
        <Primitive.Content key={id} value={id} className="min-h-0 flex-1 overflow-auto outline-none">
          {content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}

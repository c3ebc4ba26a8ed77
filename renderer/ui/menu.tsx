import { ContextMenu, DropdownMenu } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'
import { Keys } from './keys.tsx'

export interface MenuItem {
  title: string
  icon?: ReactNode
  keys?: string | undefined
  disabled?: boolean
  /** A line stands before it. */
  startsGroup?: boolean
  tone?: 'bad' | undefined
  onSelect: () => void
}

interface MenuProps {
  items: readonly MenuItem[]
  /** One element that takes a ref. */
  children: ReactNode
}

const panel = 'z-50 min-w-52 rounded-lg border border-line bg-surface p-1 shadow-float'
const row =
  'flex h-7.5 cursor-default items-center gap-2 rounded-md px-2 text-sm outline-none data-[disabled]:opacity-40 data-[highlighted]:bg-hover'

/** Opens by a click on what it stands around. */
export function Menu({ items, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={panel} sideOffset={4} align="start" collisionPadding={8}>
          <Items items={items} primitive={DropdownMenu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** Opens by the right button, or the menu key, on what it stands around. */
export function MenuArea({ items, children }: MenuProps) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={panel} collisionPadding={8}>
          <Items items={items} primitive={ContextMenu} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

function Items(props: { items: readonly MenuItem[]; primitive: typeof DropdownMenu | typeof ContextMenu }) {
  const { items, primitive: Primitive } = props
  return items.map(({ title, icon, keys, disabled = false, startsGroup, tone, onSelect }) => (
    <Fragment key={title}>
      {startsGroup && <Primitive.Separator className="my-1 h-px bg-line" />}
      <Primitive.Item
        disabled={disabled}
        onSelect={onSelect}
        className={tone === 'bad' ? `${row} text-bad` : row}
      >
        <span className="flex size-4 items-center justify-center text-ink-faint" aria-hidden>
          {icon}
        </span>
        <span className="flex-1">{title}</span>
        {keys && <Keys keys={keys} />}
      </Primitive.Item>
    </Fragment>
  ))
}

import { Popover as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

interface PopoverProps {
  label: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** One element that takes a ref: a click on it opens. */
  trigger: ReactNode
  children: ReactNode
}

export function Popover({ label, open, onOpenChange, trigger, children }: PopoverProps) {
  return (
    <Primitive.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          sideOffset={4}
          align="start"
          collisionPadding={8}
          className="z-50 max-h-(--radix-popover-content-available-height) overflow-auto rounded-lg border border-line bg-surface p-3 shadow-float"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { Keys } from './keys.tsx'

/** Stands once around the app: tooltips that follow one another come without delay. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Primitive.Provider delayDuration={500}>{children}</Primitive.Provider>
}

interface TooltipProps {
  text: ReactNode
  keys?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that takes a ref. */
  children: ReactNode
}

export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-float"
        >
          {text}
          {keys && <Keys keys={keys} onDark />}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

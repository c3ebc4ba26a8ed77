import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does: for screen readers, and as its tooltip. */
  label: string
  /** Keys that do the same, such as `mod+z`. */
  keys?: string
  pressed?: boolean
}

export function IconButton({ label, keys, pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys && { keys })}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classNames(
          'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors',
          'hover:bg-hover hover:text-ink active:bg-pressed disabled:pointer-events-none disabled:opacity-40',
          pressed && 'bg-pressed text-ink',
          className,
        )}
        {...rest}
      />
    </Tooltip>
  )
}

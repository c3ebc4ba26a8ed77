import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface ButtonProps extends ComponentProps<'button'> {
  tone?: 'plain' | 'accent' | 'quiet' | 'bad'
  icon?: ReactNode
}

const tones = {
  plain: 'border-line-strong bg-surface text-ink shadow-small hover:bg-hover active:bg-pressed',
  accent: 'border-transparent bg-accent text-accent-ink shadow-small hover:bg-accent-strong',
  quiet: 'border-transparent text-ink-soft hover:bg-hover hover:text-ink active:bg-pressed',
  bad: 'border-transparent bg-bad text-surface shadow-small hover:opacity-90',
} as const

export function Button({ tone = 'plain', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={classNames(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-sm font-medium',
        'whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50',
        tones[tone],
        className,
      )}
      {...rest}
    >
      {icon}
      {children}
    </button>
  )
}

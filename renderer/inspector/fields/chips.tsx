import { X } from 'lucide-react'
import { classNames } from '../../ui/class-names.ts'

interface ChipsProps {
  /** For screen readers. */
  label: string
  items: readonly { key: string; text: string; invalid?: boolean }[]
  onRemove: (index: number) => void
}

/** Short values side by side, each with a button that takes it away. */
export function Chips({ label, items, onRemove }: ChipsProps) {
  if (items.length === 0) return null
  return (
    <ul aria-label={label} className="flex max-h-40 flex-wrap gap-1 overflow-auto">
      {items.map(({ key, text, invalid = false }, index) => (
        <li
          key={key}
          className={classNames(
            'flex h-6 max-w-full items-center rounded-md pl-2 text-xs',
            invalid ? 'bg-bad-soft text-bad' : 'bg-hover',
          )}
        >
          <span className="truncate">{text === '' ? '(empty)' : text}</span>
          <button
            type="button"
            aria-label={`Remove ${text === '' ? 'the empty text' : text}`}
            className="ml-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-md text-ink-faint hover:text-ink"
            onClick={() => onRemove(index)}
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}

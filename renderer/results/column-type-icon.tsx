import { Binary, Brackets, Calendar, Clock, Hash, ToggleLeft, Type, type LucideIcon } from 'lucide-react'
import type { ColumnType } from '../../src/core/columns.ts'

const icons: Readonly<Record<ColumnType, LucideIcon>> = {
  number: Binary,
  integer: Hash,
  boolean: ToggleLeft,
  text: Type,
  date: Calendar,
  datetime: Clock,
  vector: Brackets,
}

/** What a column holds, as a picture with its name for screen readers. */
export function ColumnTypeIcon({ type }: { type: ColumnType }) {
  const Icon = icons[type]
  return (
    <span className="inline-flex shrink-0 text-ink-faint" title={type}>
      <Icon size={13} aria-hidden />
      <span className="sr-only">{type}</span>
    </span>
  )
}

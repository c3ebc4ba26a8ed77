import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { shareText } from '../format-amounts.ts'
import { valueText } from './value-text.ts'

const mostShown = 6

/** The most frequent values with their shares of the rows that have one. */
export function TopValues({ column, rows }: { column: ColumnSketch; rows: number }) {
  const { top, nulls, type, distinct } = column
  const present = rows - nulls
  if (top.length === 0 || present === 0) return <p className="text-xs text-ink-faint">No values.</p>
  const shown = top.slice(0, mostShown)
  const rest = present - shown.reduce((sum, { count }) => sum + count, 0)
  const isUnique = distinct.count >= present * 0.98
  if (isUnique && top[0]!.count === 1) {
    return (
      <p className="text-xs text-ink-soft">
        Nearly every row has its own value, such as{' '}
        {shown
          .slice(0, 2)
          .map(({ value }) => `“${value}”`)
          .join(' and ')}
        .
      </p>
    )
  }
  return (
    <ol className="flex flex-col gap-1 text-xs">
      {shown.map(({ value, count }) => (
        <li key={value} className="relative flex items-center gap-2 overflow-hidden rounded-sm px-1.5 py-0.5">
          <span
            aria-hidden
            className="absolute inset-y-0 left-0 bg-accent-soft"
            style={{ width: `${(count / present) * 100}%` }}
          />
          <span className="relative min-w-0 flex-1 truncate">{valueText(value, type) || '(empty)'}</span>
          <span className="relative text-ink-soft tabular">{shareText(count / present)}</span>
        </li>
      ))}
      {rest > 0 && (
        <li className="px-1.5 text-ink-faint tabular">
          {formatCount(rest)} rows with {formatCount(Math.max(1, distinct.count - shown.length))} other values
        </li>
      )}
    </ol>
  )
}

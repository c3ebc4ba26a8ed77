import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { sketchShares } from '../../../src/core/sketch-shares.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { ColumnTypeIcon } from '../column-type-icon.tsx'
import { amountText, shareText } from '../format-amounts.ts'
import { Histogram } from './histogram.tsx'
import { TopValues } from './top-values.tsx'
import { valueText } from './value-text.ts'

/** One column: what is missing, how many values differ, and how they are spread. */
export function ColumnProfile({ column, rows }: { column: ColumnSketch; rows: number }) {
  const { name, type, nulls, distinct } = column
  const missing = rows === 0 ? 0 : nulls / rows
  const numbers = 'numbers' in column ? column.numbers : null
  const isFew = distinct.count <= 12 && column.top.length > 0
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-3">
      <header className="flex items-center gap-2">
        <ColumnTypeIcon type={type} />
        <p className="min-w-0 flex-1 truncate font-medium" title={name}>
          {name}
        </p>
        <span className="text-xs text-ink-faint tabular">
          {distinct.isExact ? '' : 'about '}
          {formatCount(distinct.count)} different
        </span>
      </header>
      <div className="flex items-center gap-2 text-xs">
        <span className="h-1.5 flex-1 overflow-hidden rounded-full bg-hover" aria-hidden>
          <span className="block h-full bg-warn" style={{ width: `${missing * 100}%` }} />
        </span>
        <span className={nulls === 0 ? 'text-ink-faint' : 'text-warn tabular'}>
          {nulls === 0 ? 'nothing missing' : `${shareText(missing)} missing`}
        </span>
      </div>
      {numbers && !isFew ? (
        <>
          <Histogram name={name} type={type} {...numbers.histogram} />
          <dl className="grid grid-cols-3 gap-x-3 gap-y-1 text-xs tabular">
            {numberFacts(column).map(([title, text]) => (
              <div key={title} className="flex justify-between gap-2">
                <dt className="text-ink-faint">{title}</dt>
                <dd className="truncate">{text}</dd>
              </div>
            ))}
          </dl>
        </>
      ) : (
        <TopValues column={column} rows={rows} />
      )}
    </li>
  )
}

function numberFacts(column: ColumnSketch): readonly (readonly [string, string])[] {
  if (!('numbers' in column) || !column.numbers) return []
  const { type } = column
  const { min, max, mean, sd, quantiles } = column.numbers
  const at = (share: (typeof sketchShares)[number]): string =>
    valueText(quantiles[sketchShares.indexOf(share)]!, type)
  const isTime = type === 'date' || type === 'datetime'
  return [
    ['least', valueText(min, type)],
    ['25 %', at(0.25)],
    ['mean', mean === null ? '–' : valueText(mean, type)],
    ['median', at(0.5)],
    ['75 %', at(0.75)],
    ['sd', sd === null || isTime ? '–' : amountText(sd)],
    ['most', valueText(max, type)],
    ['1 %', at(0.01)],
    ['99 %', at(0.99)],
  ]
}

import { amountText } from '../format-amounts.ts'

export interface Bar {
  name: string
  value: number
  /** Drawn as a whisker to both sides. */
  deviation?: number
}

interface BarListProps {
  label: string
  bars: readonly Bar[]
  /** As many as are drawn. */
  most?: number
}

/** Names with bars, the longest as wide as there is room; what is below zero points to the left in another colour. */
export function BarList({ label, bars, most = 30 }: BarListProps) {
  const longest = Math.max(...bars.map(({ value }) => Math.abs(value)), Number.MIN_VALUE)
  return (
    <ol
      aria-label={label}
      className="grid max-w-2xl grid-cols-[fit-content(14rem)_minmax(4rem,1fr)_auto] gap-x-3 gap-y-1 text-xs"
    >
      {bars.slice(0, most).map(({ name, value, deviation }) => (
        <li key={name} className="col-span-3 grid grid-cols-subgrid items-center">
          <span className="truncate text-right" title={name}>
            {name}
          </span>
          <span className="h-3.5" aria-hidden>
            <span
              className={
                value < 0
                  ? 'block h-full rounded-sm bg-stage-serving/70'
                  : 'block h-full rounded-sm bg-stage-ingestion/70'
              }
              style={{ width: `${(Math.abs(value) / longest) * 100}%` }}
            />
          </span>
          <span className="whitespace-nowrap text-ink-soft tabular">
            {amountText(value)}
            {deviation !== undefined && <span className="text-ink-faint"> ± {amountText(deviation)}</span>}
          </span>
        </li>
      ))}
      {bars.length > most && <li className="col-span-3 text-ink-faint">and {bars.length - most} more</li>}
    </ol>
  )
}

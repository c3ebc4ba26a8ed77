import type { ColumnType } from '../../../src/core/columns.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { valueText } from './value-text.ts'

interface HistogramProps {
  name: string
  type: ColumnType
  /** One more than counts. */
  edges: readonly number[]
  counts: readonly number[]
}

/** Bars of a sketch, drawn without a charting library: there may be a hundred of them. */
export function Histogram({ name, type, edges, counts }: HistogramProps) {
  const most = Math.max(1, ...counts)
  const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  return (
    <figure>
      <div
        role="img"
        aria-label={`Histogram of ${name}, from ${valueText(first, type)} to ${valueText(last, type)}`}
        className="flex h-16 items-end gap-px"
      >
        {counts.map((count, bin) => (
          <span
            key={bin}
            title={`${valueText(edges[bin]!, type)} – ${valueText(edges[bin + 1]!, type)}: ${formatCount(Math.round(count))}`}
            className="flex h-full flex-1 items-end hover:bg-hover"
          >
            <span
              className="w-full rounded-t-[1px] bg-stage-ingestion/70"
              style={{ height: count === 0 ? 0 : `${Math.max(2, (count / most) * 100)}%` }}
            />
          </span>
        ))}
      </div>
      <figcaption className="flex justify-between pt-0.5 text-2xs text-ink-faint tabular" aria-hidden>
        <span>{valueText(first, type)}</span>
        <span>{valueText(last, type)}</span>
      </figcaption>
    </figure>
  )
}

import { useState } from 'react'
import type { MonitorPoint, Segment } from '../../src/core/monitor.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { metricTitle } from '../results/format-amounts.ts'
import { TwoDistributions } from '../results/reports/two-distributions.tsx'
import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { MetricFigure, type ChosenWindow, type FigureSurroundings } from './metric-figure.tsx'
import { metricText } from './metric-words.ts'

interface ColumnsPanelProps {
  of: FigureSurroundings
  window: ChosenWindow | null
  segment: Segment | null
}

/** Each column of a window beside the rows that the model was trained on. */
export function ColumnsPanel({ of, window, segment }: ColumnsPanelProps) {
  const client = useClient()
  const { name, round } = of
  const [shown, setShown] = useState<string | null>(null)
  const { data, error } = useQuery(window && JSON.stringify([name, window, round]), (signal) =>
    client.monitoring.window({ name, ...window! }, { signal }),
  )
  if (!window) return <EmptyState title="No window has been measured yet" />
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Reading the window" />
      </div>
    )
  }
  const columns = columnsOf(data.points, segment)
  const current = columns.find(({ column }) => column === shown) ?? columns[0]
  if (!current) return <EmptyState title="There is nothing to compare this window with" />
  return (
    <div className="flex h-full min-h-0">
      <ScrollRegion label="Columns" className="w-[30rem] shrink-0 border-r border-line">
        <table className="w-full border-collapse text-xs">
          <caption className="sr-only">Columns, those that have drifted first</caption>
          <thead className="sticky top-0 bg-paper text-left text-ink-faint">
            <tr>
              {['Column', 'Drift', 'Limit', 'Missing', 'Unseen'].map((title, index) => (
                <th
                  key={title}
                  scope="col"
                  className={classNames('px-2 py-1.5 font-medium', index > 0 && 'text-right')}
                >
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <ColumnRow
                key={column.column}
                found={column}
                isShown={column === current}
                onShow={() => setShown(column.column)}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <section aria-label={current.column} className="min-w-0 flex-1 overflow-auto p-6">
        <ColumnDetail key={current.column} of={of} found={current} window={window} segment={segment} />
      </section>
    </div>
  )
}

/** What was measured of one column in one window. */
interface FoundColumn {
  column: string
  drift: MonitorPoint | null
  missing: MonitorPoint | null
  unseen: MonitorPoint | null
}

/** Those that are farthest beyond their limits first. */
function columnsOf(points: readonly MonitorPoint[], segment: Segment | null): FoundColumn[] {
  const own = points.filter(
    ({ segment: of }) => of?.column === segment?.column && of?.value === segment?.value,
  )
  const byColumn = Map.groupBy(
    own.filter(({ metric, column }) => column !== null && columnMetrics.has(metric)),
    ({ column }) => column!,
  )
  const columns = [...byColumn].map(([column, all]): FoundColumn => {
    const find = (metric: MonitorPoint['metric']) => all.find((point) => point.metric === metric) ?? null
    return {
      column,
      drift: find('column-drift'),
      missing: find('missing-share'),
      unseen: find('unseen-share'),
    }
  })
  return columns.toSorted((a, b) => distanceOf(b) - distanceOf(a))
}

const columnMetrics: ReadonlySet<MonitorPoint['metric']> = new Set([
  'column-drift',
  'missing-share',
  'unseen-share',
])

const distanceOf = ({ drift, missing, unseen }: FoundColumn): number =>
  (drift ? drift.value / (drift.limit ?? 1) : 0) + (missing?.isBeyond || unseen?.isBeyond ? 1 : 0)

function ColumnRow({ found, isShown, onShow }: { found: FoundColumn; isShown: boolean; onShow: () => void }) {
  const { column, drift, missing, unseen } = found
  return (
    <tr className={classNames('border-t border-line', isShown ? 'bg-accent-soft/60' : 'hover:bg-hover')}>
      <th scope="row" className="max-w-52 text-left font-normal">
        <button
          type="button"
          aria-current={isShown}
          onClick={onShow}
          className="flex h-8 w-full items-center gap-1.5 px-2 text-left"
        >
          <span className="truncate font-medium">{column}</span>
          {drift?.isBeyond && <Badge tone="bad">drifted</Badge>}
        </button>
      </th>
      <Amount point={drift} />
      <td className="px-2 text-right text-ink-faint tabular">
        {drift?.limit === undefined || drift.limit === null ? '–' : metricText('column-drift', drift.limit)}
      </td>
      <Amount point={missing} />
      <Amount point={unseen} />
    </tr>
  )
}

function Amount({ point }: { point: MonitorPoint | null }) {
  return (
    <td className={classNames('px-2 text-right tabular', point?.isBeyond && 'font-medium text-bad')}>
      {point ? metricText(point.metric, point.value) : '–'}
    </td>
  )
}

interface ColumnDetailProps {
  of: FigureSurroundings
  found: FoundColumn
  window: ChosenWindow
  segment: Segment | null
}

function ColumnDetail({ of, found: { column, drift, missing }, window, segment }: ColumnDetailProps) {
  const client = useClient()
  const { name } = of
  const { data, error } = useQuery(JSON.stringify([name, window, column, segment]), (signal) =>
    client.monitoring.column({ name, ...window, column, segment }, { signal }),
  )
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h3 className="text-md font-semibold">{column}</h3>
        {drift?.method && (
          <p className="text-xs text-ink-soft">
            {metricTitle(drift.method)}: {metricText('column-drift', drift.value)}
            {drift.limit !== null && `, from ${metricText('column-drift', drift.limit)} on it is drift`}
          </p>
        )}
      </div>
      {error && <p className="text-bad">{error.message}</p>}
      {data?.outcome === 'none' && <p className="text-ink-soft">{data.reason}</p>}
      {data?.outcome === 'shown' && data.distribution && (
        <TwoDistributions column="Reference and this window" distribution={data.distribution} />
      )}
      <MetricFigure of={of} title="Drift over time" filter={{ metric: 'column-drift', column, segment }} />
      {missing && <MetricFigure of={of} filter={{ metric: 'missing-share', column, segment }} />}
    </div>
  )
}

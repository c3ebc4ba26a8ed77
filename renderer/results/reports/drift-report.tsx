import type { BarSeriesOption, EChartsOption } from 'echarts'
import { useMemo } from 'react'
import type { DriftContent } from '../../../src/core/drift-content.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../ui/format-amount.ts'
import { baseOption, categoryAxis, legendOption, tipOption, valueAxis } from '../charts/chart-base.ts'
import { useChartTheme } from '../charts/chart-theme.ts'
import { Chart } from '../charts/chart.tsx'
import type { ChartTheme } from '../charts/drawn-chart.ts'
import { amountText, compactText, metricTitle, shareText } from '../format-amounts.ts'

import { FactTable, ReportSection } from './report-parts.tsx'

type Compared = DriftContent['columns'][number]
type Distribution = NonNullable<Compared['distribution']>

const mostPictures = 12

/** Which columns have changed, by how much, and how their values lay before and lie now. */
export function DriftReport({ content: { drifted, share, columns } }: { content: DriftContent }) {
  const changed = columns.filter((column) => column.drifted)
  const pictured = columns.filter(({ distribution }) => distribution).slice(0, mostPictures)
  return (
    <div className="flex flex-col gap-5">
      <p>
        <Badge tone={drifted ? 'bad' : 'good'}>{drifted ? 'The table has drifted' : 'No drift'}</Badge>{' '}
        {formatCount(changed.length)} of {formatCount(columns.length)} columns have changed; from{' '}
        {shareText(share)} of them on the table counts as drifted.
      </p>
      <FactTable
        label="Drift of each column"
        columns={[
          { title: 'Column' },
          { title: 'Drifted' },
          { title: 'Measured by' },
          { title: 'Score', isNumber: true },
          { title: 'Limit', isNumber: true },
          { title: 'Missing before', isNumber: true },
          { title: 'Missing now', isNumber: true },
          { title: 'Never seen before', isNumber: true },
        ]}
        rows={columns.map((column) => [
          column.column,
          column.drifted ? <Badge tone="bad">yes</Badge> : 'no',
          column.method === undefined ? 'missing values alone' : metricTitle(column.method),
          amountOrDash(column.adjustedPValue ?? column.pValue ?? column.score),
          amountOrDash(column.threshold),
          shareText(column.missing.reference),
          shareText(column.missing.current),
          column.unseen === undefined ? '–' : shareText(column.unseen),
        ])}
      />
      {pictured.length > 0 && (
        <ReportSection title="Before and now">
          <div className="grid grid-cols-[repeat(auto-fill,minmax(18rem,1fr))] gap-4">
            {pictured.map(({ column, distribution }) => (
              <TwoDistributions key={column} column={column} distribution={distribution!} />
            ))}
          </div>
        </ReportSection>
      )}
    </div>
  )
}

const amountOrDash = (amount: number | undefined): string => (amount === undefined ? '–' : amountText(amount))

function TwoDistributions({ column, distribution }: { column: string; distribution: Distribution }) {
  const theme = useChartTheme()
  const option = useMemo(() => barsOption(distribution, theme), [distribution, theme])
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="text-xs font-medium text-ink-soft">{column}</figcaption>
      <Chart
        option={option}
        summary={`Shares of the values of ${column}, in the reference and now`}
        className="h-48 w-full"
      />
    </figure>
  )
}

function barsOption(distribution: Distribution, theme: ChartTheme): EChartsOption {
  const series = (name: string, shares: readonly number[]): BarSeriesOption => ({
    name,
    type: 'bar',
    data: [...shares],
    barGap: '0%',
    barCategoryGap: '20%',
    tooltip: { valueFormatter: (value) => (typeof value === 'number' ? shareText(value) : '') },
  })
  return {
    ...baseOption(theme),
    legend: legendOption(theme),
    tooltip: tipOption(theme),
    xAxis: axisOf(distribution, theme),
    yAxis: { ...valueAxis({ name: '', theme }), scale: false },
    series: [series('reference', distribution.reference), series('now', distribution.current)],
  }
}

function axisOf(distribution: Distribution, theme: ChartTheme) {
  const axis = categoryAxis({ name: '', theme, labels: labelsOf(distribution) })
  const { edges } = distribution
  if (!edges) return axis
  // Where an interval begins is enough below it; its tip says where it ends.
  const formatter = (_: string, at: number): string => (at === 0 ? '' : compactText(edges[at - 1]!))
  return { ...axis, axisLabel: { ...axis.axisLabel, rotate: 0, formatter } }
}

/** Of intervals between inner edges, or of values and the rest. */
function labelsOf({ edges, values = [], reference }: Distribution): string[] {
  if (edges)
    return reference.map((_, at) =>
      at === 0
        ? `below ${amountText(edges[0] ?? 0)}`
        : at === edges.length
          ? `from ${amountText(edges.at(-1)!)}`
          : `${amountText(edges[at - 1]!)} to ${amountText(edges[at]!)}`,
    )
  const names = values.map(String)
  return reference.length > names.length ? [...names, 'others'] : names
}

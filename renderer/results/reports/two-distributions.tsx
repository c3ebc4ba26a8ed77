import type { BarSeriesOption, EChartsOption } from 'echarts'
import { useMemo } from 'react'
import { baseOption, categoryAxis, legendOption, tipOption, valueAxis } from '../charts/chart-base.ts'
import { useChartTheme } from '../charts/chart-theme.ts'
import { Chart } from '../charts/chart.tsx'
import type { ChartTheme } from '../charts/drawn-chart.ts'
import { amountText, compactText, shareText } from '../format-amounts.ts'

/** Shares of both sides: of the intervals between inner edges, or of values and the rest. */
interface Distribution {
  edges?: readonly number[] | null | undefined
  values?: readonly (string | number)[] | null | undefined
  reference: readonly number[]
  current: readonly number[]
}

/** How the values of a column lay in a reference and lie now, over each other. */
export function TwoDistributions({ column, distribution }: { column: string; distribution: Distribution }) {
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
function labelsOf({ edges, values, reference }: Distribution): string[] {
  if (edges)
    return reference.map((_, at) =>
      at === 0
        ? `below ${amountText(edges[0] ?? 0)}`
        : at === edges.length
          ? `from ${amountText(edges.at(-1)!)}`
          : `${amountText(edges[at - 1]!)} to ${amountText(edges[at]!)}`,
    )
  const names = (values ?? []).map(String)
  return reference.length > names.length ? [...names, 'others'] : names
}

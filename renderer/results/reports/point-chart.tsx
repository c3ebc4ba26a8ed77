import type { EChartsOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import { useMemo } from 'react'
import { baseOption, categoryAxis, tipOption, valueAxis } from '../charts/chart-base.ts'
import { useChartTheme } from '../charts/chart-theme.ts'
import { Chart } from '../charts/chart.tsx'
import type { ChartTheme } from '../charts/drawn-chart.ts'
import { amountText } from '../format-amounts.ts'

interface PointChartProps {
  title: string
  x: string
  y: string
  points: readonly { x: number | string; y: number; name: string; isMarked?: boolean }[]
  /** What x may be, where it is no number. */
  categories?: readonly string[] | undefined
  isLog?: boolean
  /** A line in steps through some points, such as the best so far. */
  line?: readonly (readonly [number, number])[]
  className?: string
}

/** One mark for each thing that has two values, the ones that count in another colour. */
export function PointChart(props: PointChartProps) {
  const theme = useChartTheme()
  const { title, points, className = 'h-56 w-full' } = props
  const option = useMemo(() => pointOption(props, theme), [JSON.stringify(props), theme])
  return (
    <figure className="flex min-w-64 flex-1 flex-col gap-1">
      <figcaption className="text-xs font-medium text-ink-soft">{title}</figcaption>
      <Chart option={option} summary={`${title}: ${points.length} points`} className={className} />
    </figure>
  )
}

function pointOption(props: PointChartProps, theme: ChartTheme): EChartsOption {
  const { x, y, points, categories, isLog = false, line = [] } = props
  const across = categories
    ? categoryAxis({ name: x, theme, labels: categories })
    : { ...valueAxis({ name: x, theme }), ...(isLog && { type: 'log' as 'value' }) }
  const marks: ScatterSeriesOption = {
    type: 'scatter',
    data: points.map((point) => ({
      name: point.name,
      value: [point.x, point.y],
      symbolSize: point.isMarked ? 11 : 6,
      itemStyle: {
        color: point.isMarked ? theme.accent : theme.series[0],
        opacity: point.isMarked ? 1 : 0.7,
      },
    })),
    tooltip: {
      formatter: (item: unknown) => {
        const { name, value } = item as { name: string; value: [number | string, number] }
        const at = typeof value[0] === 'number' ? amountText(value[0]) : value[0]
        return `${name}\n${x}: ${at}\n${y}: ${amountText(value[1])}`
      },
    },
  }
  const steps: LineSeriesOption = {
    type: 'line',
    step: 'end',
    data: line.map(([a, b]) => [a, b]),
    showSymbol: false,
    silent: true,
    lineStyle: { width: 1.5, color: theme.accent },
    tooltip: { show: false },
  }
  return {
    ...baseOption(theme, { hasLegend: false }),
    grid: { left: 12, right: 16, top: 12, bottom: 12, outerBoundsMode: 'same', outerBoundsContain: 'all' },
    tooltip: tipOption(theme),
    xAxis: across,
    yAxis: valueAxis({ name: y, theme }),
    series: line.length > 0 ? [steps, marks] : [marks],
  }
}

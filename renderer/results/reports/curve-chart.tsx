import type { EChartsOption, LineSeriesOption } from 'echarts'
import { useMemo } from 'react'
import { baseOption, legendOption, tipOption, valueAxis } from '../charts/chart-base.ts'
import { useChartTheme } from '../charts/chart-theme.ts'
import { Chart } from '../charts/chart.tsx'
import type { ChartTheme } from '../charts/drawn-chart.ts'
import { amountText } from '../format-amounts.ts'

export interface Curve {
  name: string
  x: readonly number[]
  y: readonly number[]
  isStepped?: boolean
}

interface CurveChartProps {
  title: string
  x: string
  y: string
  curves: readonly Curve[]
  /** Both axes go from 0 to 1. */
  isShare?: boolean
  /** A line from corner to corner: what chance, or perfect agreement, would give. */
  diagonal?: boolean
  /** Points to be marked, such as a chosen threshold. */
  marks?: readonly (readonly [number, number])[]
}

/** Curves over each other, with their names. */
export function CurveChart(props: CurveChartProps) {
  const theme = useChartTheme()
  const { title, curves } = props
  const option = useMemo(() => curveOption(props, theme), [JSON.stringify(props), theme])
  return (
    <figure className="flex min-w-72 flex-1 flex-col gap-1">
      <figcaption className="text-xs font-medium text-ink-soft">{title}</figcaption>
      <Chart
        option={option}
        summary={`${title} of ${curves.map(({ name }) => name).join(', ')}`}
        className="h-64 w-full"
      />
    </figure>
  )
}

function curveOption(props: CurveChartProps, theme: ChartTheme): EChartsOption {
  const { x, y, curves, isShare = false, diagonal = false, marks = [] } = props
  const limits = isShare ? { min: 0, max: 1 } : {}
  const series = curves.map((curve, index): LineSeriesOption => ({
    name: curve.name,
    type: 'line',
    data: curve.x.map((value, place) => [value, curve.y[place]!]),
    showSymbol: curve.x.length <= 20,
    symbolSize: 5,
    lineStyle: { width: 2 },
    ...(curve.isStepped && { step: 'end' as const }),
    ...(index === 0 && {
      markPoint: {
        symbol: 'circle',
        symbolSize: 10,
        itemStyle: { color: theme.accent, borderColor: theme.surface, borderWidth: 2 },
        label: { show: false },
        data: marks.map(([a, b]) => ({ name: 'chosen', coord: [a, b] })),
      },
    }),
  }))
  const chance: LineSeriesOption = {
    type: 'line',
    data: [
      [0, 0],
      [1, 1],
    ],
    showSymbol: false,
    silent: true,
    lineStyle: { type: 'dashed', width: 1, color: theme.muted },
    tooltip: { show: false },
  }
  return {
    ...baseOption(theme),
    grid: {
      left: 12,
      right: 16,
      top: curves.length > 1 ? 30 : 12,
      bottom: 12,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    ...(curves.length > 1 && { legend: { ...legendOption(theme), data: curves.map(({ name }) => name) } }),
    tooltip: {
      ...tipOption(theme),
      formatter: (item: unknown) => {
        const { seriesName, value } = item as { seriesName: string; value: [number, number] }
        return `${seriesName}\n${x}: ${amountText(value[0])}\n${y}: ${amountText(value[1])}`
      },
    },
    xAxis: { ...valueAxis({ name: x, theme }), ...limits },
    yAxis: { ...valueAxis({ name: y, theme }), ...limits },
    series: diagonal ? [...series, chance] : series,
  }
}

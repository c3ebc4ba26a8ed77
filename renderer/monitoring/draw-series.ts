import type { EChartsOption, LineSeriesOption } from 'echarts'
import { metricWords } from '../../src/core/metric-words.ts'
import type { MonitorPoint } from '../../src/core/monitor.ts'
import { baseOption, legendOption, tipOption, valueAxis } from '../results/charts/chart-base.ts'
import type { ChartTheme } from '../results/charts/drawn-chart.ts'
import { momentText } from '../results/format-amounts.ts'
import { metricText } from './metric-words.ts'

/** One line: points of one metric, the oldest first. */
export interface SeriesLine {
  name: string
  points: readonly MonitorPoint[]
  /** Drawn with the interval of each point around it. */
  hasBand?: boolean
  isDashed?: boolean
}

/** A moment that is marked on all lines. */
export interface SeriesMark {
  at: number
  name: string
  isBad: boolean
}

interface SeriesToDraw {
  lines: readonly SeriesLine[]
  marks: readonly SeriesMark[]
  /** The window that is looked at, by its beginning. */
  selected: number | null
  theme: ChartTheme
}

/** A metric over time: its interval, its limit, what it was in training, and what was told when. */
export function drawSeries(title: string, { lines, marks, selected, theme }: SeriesToDraw) {
  const first = lines.find(({ points }) => points.length > 0)
  const newest = first?.points.at(-1)
  const format = (value: unknown): string =>
    typeof value === 'number' && newest ? metricText(newest.metric, value) : '–'
  const option: EChartsOption = {
    ...baseOption(theme, { hasLegend: lines.length > 1 }),
    ...(lines.length > 1 && {
      legend: { ...legendOption(theme), data: lines.map(({ name }) => name) },
    }),
    tooltip: { ...tipOption(theme), trigger: 'axis' },
    xAxis: { ...valueAxis({ name: '', theme, isTime: true }), scale: false, ...extentOf(lines) },
    yAxis: {
      ...valueAxis({ name: '', theme }),
      scale: newest?.metric.startsWith('quality-') ?? false,
      ...(newest && isShare(newest.metric) && shareMaximum(lines)),
      axisLabel: { color: theme.muted, hideOverlap: true, formatter: format },
    },
    series: lines
      .flatMap((line, index) => seriesOf(line, { index, theme, format }))
      .concat(first ? [guides(first, { marks, selected, theme, format })] : []),
  }
  return { option, summary: summaryOf(title, newest) }
}

/** A single moment gets an hour around it; echarts would draw two days. */
function extentOf(lines: readonly SeriesLine[]): { min?: number; max?: number } {
  const ends = lines.flatMap(({ points }) => points.map(({ to }) => to))
  return new Set(ends).size === 1 ? { min: ends[0]! - halfAnHour, max: ends[0]! + halfAnHour } : {}
}

const halfAnHour = 1_800_000

/** No share is more than all; what is little is drawn large. */
function shareMaximum(lines: readonly SeriesLine[]): { max?: number } {
  const highest = Math.max(
    ...lines.flatMap(({ points }) => points.map(({ value, limit }) => Math.max(value, limit ?? 0))),
  )
  return highest > 0.8 ? { max: 1 } : {}
}

const isShare = (metric: MonitorPoint['metric']): boolean =>
  metricWords[metric].unit === 'share' && metric !== 'cpu'

/** A window stands where it ended: that is when it was known. */
const valuesOf = (points: readonly MonitorPoint[], value: (point: MonitorPoint) => number | null) =>
  points.map((point): [number, number | null] => [point.to, value(point)])

function seriesOf(
  { name, points, hasBand = false, isDashed = false }: SeriesLine,
  { index, theme, format }: { index: number; theme: ChartTheme; format: (value: unknown) => string },
): LineSeriesOption[] {
  const colour = theme.series[index % theme.series.length]!
  const line: LineSeriesOption = {
    name,
    type: 'line',
    data: points.map((point) => ({
      value: [point.to, point.value],
      ...(point.isBeyond && { itemStyle: { color: theme.bad }, symbolSize: 8 }),
    })),
    color: colour,
    symbolSize: 5,
    showSymbol: points.length < 200 || points.some(({ isBeyond }) => isBeyond),
    lineStyle: { width: 1.75, ...(isDashed && { type: 'dashed' }) },
    tooltip: { valueFormatter: format },
  }
  if (!hasBand) return [line]
  const bound = (data: LineSeriesOption['data'], isArea: boolean): LineSeriesOption => ({
    name: `${name}: interval`,
    type: 'line',
    data: data ?? [],
    // The band is what lies on top of its lower bound.
    stack: `band ${index}`,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    ...(isArea && { areaStyle: { color: colour, opacity: 0.15 } }),
  })
  return [
    bound(
      valuesOf(points, ({ low }) => low),
      false,
    ),
    bound(
      valuesOf(points, ({ low, high }) => (low === null || high === null ? null : high - low)),
      true,
    ),
    line,
  ]
}

/** Lines across: the limit, the reference, moments; they belong to a series of their own, which has no values. */
function guides(
  { points }: SeriesLine,
  { marks, selected, theme, format }: Omit<SeriesToDraw, 'lines'> & { format: (value: unknown) => string },
): LineSeriesOption {
  const { limit, reference } = points.at(-1)!
  const across = (
    value: number | null,
    name: string,
    { color, position }: { color: string; position: 'insideStartTop' | 'insideEndTop' },
  ) =>
    value === null
      ? []
      : [
          {
            yAxis: value,
            name,
            lineStyle: { color },
            label: { formatter: `${name} ${format(value)}`, position },
          },
        ]
  const chosen = points.find(({ from }) => from === selected)
  return {
    type: 'line',
    data: [],
    tooltip: { show: false },
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { type: 'dashed', width: 1 },
      label: { color: theme.muted, position: 'insideEndTop', fontSize: 11 },
      data: [
        ...across(limit, 'limit', { color: theme.bad, position: 'insideEndTop' }),
        ...across(reference, 'usual', { color: theme.muted, position: 'insideStartTop' }),
        ...marks.map(({ at, name, isBad }) => ({
          xAxis: at,
          name,
          lineStyle: { color: isBad ? theme.bad : theme.muted, type: 'solid' as const },
          label: { formatter: isBad ? '▲' : '▽', position: 'start' as const, rotate: 0 },
        })),
      ],
    },
    ...(chosen && {
      markArea: {
        silent: true,
        itemStyle: { color: theme.accent, opacity: 0.12 },
        data: [[{ xAxis: chosen.from }, { xAxis: chosen.to }]],
      },
    }),
  }
}

function summaryOf(title: string, newest: MonitorPoint | undefined): string {
  if (!newest) return `${title}: nothing has been measured yet.`
  const beyond = newest.isBeyond ? ', beyond its limit' : ''
  return `${title}: ${metricText(newest.metric, newest.value)}${beyond}, measured ${momentText(newest.to)}.`
}

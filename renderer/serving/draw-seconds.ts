import type { EChartsOption, LineSeriesOption } from 'echarts'
import type { StatisticsPoint } from '../../src/contract/deployment-statistics.ts'
import { baseOption, legendOption, tipOption, valueAxis } from '../results/charts/chart-base.ts'
import type { ChartTheme } from '../results/charts/drawn-chart.ts'
import { rateText } from './rate-text.ts'

interface SecondsLine {
  name: string
  valueOf: (point: StatisticsPoint) => number | null
}

/** Lines over the last seconds of an endpoint; `errors` draws one for each reason. */
export interface SecondsChart {
  title: string
  unit: string
  lines: readonly SecondsLine[] | 'errors'
}

const fewPoints = 60
/** A longer silence than this is drawn as a gap. */
const gapMs = 3000

export function drawSeconds(
  { title, unit, lines: wanted }: SecondsChart,
  { points, theme }: { points: readonly StatisticsPoint[]; theme: ChartTheme },
): { option: EChartsOption; summary: string } {
  const lines = wanted === 'errors' ? errorLines(points) : wanted
  const newest = points.at(-1)
  const said = lines.flatMap(({ name, valueOf }) => {
    const value = newest ? valueOf(newest) : null
    return value === null ? [] : [`${name} ${rateText(value)}${unit === '' ? '' : ` ${unit}`}`]
  })
  return {
    option: {
      ...baseOption(theme, { hasLegend: lines.length > 1 }),
      ...(lines.length > 1 && { legend: legendOption(theme) }),
      tooltip: { ...tipOption(theme), trigger: 'axis' },
      xAxis: { ...valueAxis({ name: '', theme, isTime: true }), scale: false },
      yAxis: { ...valueAxis({ name: '', theme }), min: 0, minInterval: 0 },
      series: lines.map(({ name, valueOf }): LineSeriesOption => ({
        name,
        type: 'line',
        data: withGaps(points, valueOf),
        // A second between silent ones has no line to stand on.
        showSymbol: points.filter((point) => valueOf(point) !== null).length < fewPoints,
        symbolSize: 4,
        lineStyle: { width: 1.75 },
        tooltip: {
          valueFormatter: (value) =>
            typeof value === 'number' ? `${rateText(value)}${unit === '' ? '' : ` ${unit}`}` : '–',
        },
      })),
    },
    summary: said.length === 0 ? `${title}: nothing yet.` : `${title}, now: ${said.join(', ')}.`,
  }
}

function errorLines(points: readonly StatisticsPoint[]): SecondsLine[] {
  const reasons = [...new Set(points.flatMap(({ errors }) => Object.keys(errors)))]
  if (reasons.length === 0) return [{ name: 'errors', valueOf: ({ errorsPerSecond }) => errorsPerSecond }]
  return reasons.map((reason) => ({
    name: reason.replaceAll('-', ' '),
    valueOf: ({ errors }) => errors[reason] ?? 0,
  }))
}

function withGaps(
  points: readonly StatisticsPoint[],
  valueOf: SecondsLine['valueOf'],
): [number, number | null][] {
  return points.flatMap((point, index): [number, number | null][] => {
    const before = points[index - 1]
    const value: [number, number | null] = [point.at, valueOf(point)]
    return before && point.at - before.at > gapMs ? [[before.at + 1, null], value] : [value]
  })
}

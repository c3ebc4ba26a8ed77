import type { LineSeriesOption } from 'echarts'
import { amountText } from '../format-amounts.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { baseOption, legendOption, tipOption, valueAxis } from './chart-base.ts'
import { isTime } from './chart-kinds.ts'
import { numbersOf, type PointColumn } from './chart-points.ts'
import type { ChartInput } from './chart-input.ts'
import { evenCells } from './mark-cells.ts'
import type { DrawnChart } from './drawn-chart.ts'

const mostPoints = 400

/** The mean of a column along another: of each value, or, where there are many, of intervals of one width. */
export function drawLine({ x, y, colours, theme }: ChartInput & { y: PointColumn }): DrawnChart | null {
  const [across, up] = [numbersOf(x), numbersOf(y)]
  const place = placesAlong(across)
  const groups = colours?.groups ?? [{ label: `Mean of ${y.column.name}` }]
  const means = groups.map(() => new Map<number, { sum: number; count: number }>())
  for (const [row, value] of across.entries()) {
    if (Number.isNaN(value) || Number.isNaN(up[row]!)) continue
    const of = means[colours?.groupOf[row] ?? 0]!
    const at = place(value)
    const mean = of.get(at) ?? { sum: 0, count: 0 }
    of.set(at, { sum: mean.sum + up[row]!, count: mean.count + 1 })
  }
  const lines = means.map((of) =>
    [...of].toSorted(([a], [b]) => a - b).map(([at, { sum, count }]): [number, number] => [at, sum / count]),
  )
  const total = lines.reduce((sum, line) => sum + line.length, 0)
  if (total === 0) return null
  const time = isTime(x.column)
  return {
    option: {
      ...baseOption(theme, { hasLegend: colours !== null }),
      ...(colours && { legend: legendOption(theme) }),
      tooltip: { ...tipOption(theme), trigger: 'axis' },
      xAxis: valueAxis({ name: x.column.name, theme, isTime: time }),
      yAxis: valueAxis({ name: y.column.name, theme }),
      series: groups.map(({ label }, of): LineSeriesOption => ({
        name: label,
        type: 'line',
        data: lines[of]!,
        showSymbol: lines[of]!.length < 40,
        lineStyle: { width: 2 },
        tooltip: { valueFormatter: (value) => amountText(Number(value)) },
      })),
    },
    marking: 'x',
    cells: { x: evenCells(numbersOf(x)), y: null },
    select: ({ x: [from, to] }) =>
      from < to ? [{ kind: 'range', column: x.column, from, to, includesTo: true }] : null,
    table: {
      header: [x.column.name, `mean of ${y.column.name}`, ...(colours ? ['group'] : [])],
      rows: lines.flatMap((line, of) =>
        line.map(([at, mean]) => [
          time ? new Date(at).toISOString() : at,
          mean,
          ...(colours ? [groups[of]!.label] : []),
        ]),
      ),
    },
    summary: `Mean of ${y.column.name} along ${x.column.name}, ${formatCount(total)} points.`,
  }
}

/** The point of the line that a value belongs to. */
function placesAlong(values: Float64Array): (value: number) => number {
  const present = values.filter((value) => !Number.isNaN(value))
  if (new Set(present).size <= mostPoints) return (value) => value
  const lowest = present.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const highest = present.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const width = (highest - lowest) / (mostPoints / 2)
  return (value) => lowest + (Math.floor((value - lowest) / width) + 0.5) * width
}

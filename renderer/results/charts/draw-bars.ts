import type { BarSeriesOption } from 'echarts'
import { amountText } from '../format-amounts.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { baseOption, categoryAxis, legendOption, valueAxis } from './chart-base.ts'
import { groupRows, inOwnOrder, numbersOf, type Group } from './chart-points.ts'
import type { ChartInput } from './chart-input.ts'
import { placeCells } from './mark-cells.ts'
import type { DrawnChart } from './drawn-chart.ts'

const mostBars = 30

/** How many rows have each value, or the mean of another column among them. */
export function drawBars({ x, y, colours, theme }: ChartInput): DrawnChart | null {
  const { groups: bars, groupOf } = inOwnOrder(groupRows(x, mostBars))
  if (bars.length === 0) return null
  const series = colours?.groups ?? [{ label: y ? `Mean of ${y.column.name}` : 'Rows' }]
  const sums = series.map(() => new Float64Array(bars.length))
  const counts = series.map(() => new Float64Array(bars.length))
  const measured = y && numbersOf(y)
  for (const [row, bar] of groupOf.entries()) {
    const value = measured ? measured[row]! : 1
    if (Number.isNaN(value)) continue
    const of = colours?.groupOf[row] ?? 0
    sums[of]![bar]! += value
    counts[of]![bar]!++
  }
  const heightOf = (of: number, bar: number): number | null =>
    y ? meanOf(sums[of]![bar]!, counts[of]![bar]!) : counts[of]![bar]!
  const heights = series.map((_, of) => bars.map((__, bar) => heightOf(of, bar)))
  return {
    option: {
      ...baseOption(theme, { hasLegend: colours !== null }),
      ...(colours && { legend: legendOption(theme) }),
      xAxis: categoryAxis({ name: x.column.name, theme, labels: bars.map(({ label }) => label) }),
      yAxis: { ...valueAxis({ name: '', theme }), scale: false },
      series: series.map(({ label }, of): BarSeriesOption => ({
        name: label,
        type: 'bar',
        data: heights[of]!.map((height) => height ?? '-'),
        barMaxWidth: 48,
        ...(!y && { stack: 'rows' }),
        tooltip: {
          valueFormatter: (value) => (typeof value === 'number' ? amountText(value) : 'none'),
        },
      })),
    },
    marking: 'x',
    cells: { x: placeCells(bars.length), y: null },
    select: ({ x: [from, to] }) => selectBars(x.column, bars, from, to),
    table: {
      header: [x.column.name, ...series.map(({ label }) => label)],
      rows: bars.map(({ label }, bar) => [label, ...heights.map((of) => of[bar]!)]),
    },
    summary: `${y ? `Mean of ${y.column.name}` : 'Number of rows'} for ${formatCount(bars.length)} values of ${x.column.name}.`,
  }
}

const meanOf = (sum: number, count: number): number | null => (count === 0 ? null : sum / count)

/** Bars by their places on the axis; a bar that stands for many values cannot be told as a condition. */
export function selectBars(
  column: ChartInput['x']['column'],
  bars: readonly Group[],
  from: number,
  to: number,
): ReturnType<DrawnChart['select']> {
  const values = bars
    .slice(Math.max(0, Math.round(from)), Math.round(to) + 1)
    .flatMap(({ value }) => (value === undefined ? [] : [value]))
  return values.length === 0 ? null : [{ kind: 'values', column, values }]
}

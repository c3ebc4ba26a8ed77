import type { CustomSeriesOption } from 'echarts'
import { amountText } from '../format-amounts.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { binOf, roundBins } from './bin-numbers.ts'
import { baseOption, legendOption, valueAxis } from './chart-base.ts'
import { isTime } from './chart-kinds.ts'
import { numbersOf } from './chart-points.ts'
import type { ChartInput } from './chart-input.ts'
import type { DrawnChart } from './drawn-chart.ts'

const mostBins = 40

/** How many rows have a value in each of some intervals of one width. */
export function drawHistogram({ x, colours, theme }: ChartInput): DrawnChart | null {
  const values = numbersOf(x)
  const bins = roundBins(values, { most: mostBins, areWhole: x.column.type === 'integer' })
  if (!bins) return null
  const { start, width, count } = bins
  const groups = colours?.groups ?? [{ label: 'Rows' }]
  const counts = groups.map(() => new Float64Array(count))
  for (const [row, value] of values.entries()) {
    if (Number.isNaN(value)) continue
    counts[colours?.groupOf[row] ?? 0]![binOf(value, bins)]!++
  }
  const edge = (bin: number): number => start + bin * width
  const time = isTime(x.column)
  const text = (value: number): string =>
    time ? new Date(value).toISOString().slice(0, 10) : amountText(value)
  const floors = new Float64Array(count)
  const series = groups.map(({ label }, group): CustomSeriesOption => {
    const data = Array.from(counts[group]!, (rows, bin) => {
      const floor = floors[bin]!
      floors[bin] = floor + rows
      return [edge(bin), edge(bin + 1), floor, floor + rows, rows]
    })
    return {
      name: label,
      type: 'custom',
      data: data.filter(([, , , , rows]) => rows! > 0),
      encode: { x: [0, 1], y: [2, 3] },
      renderItem: drawBin,
      tooltip: {
        formatter: (item: unknown) => {
          const [from, to, , , rows] = (item as { value: number[] }).value
          return `${x.column.name} ${text(from!)} – ${text(to!)}\n${label}: ${formatCount(rows!)}`
        },
      },
    }
  })
  const total = values.reduce((sum, value) => sum + Number(!Number.isNaN(value)), 0)
  return {
    option: {
      ...baseOption(theme, { hasLegend: colours !== null }),
      ...(colours && { legend: legendOption(theme) }),
      xAxis: {
        ...valueAxis({ name: x.column.name, theme, isTime: time }),
        min: edge(0),
        max: edge(count),
      },
      yAxis: { ...valueAxis({ name: '', theme }), min: 0, scale: false },
      series,
    },
    marking: 'x',
    cells: { x: { count, extent: (first, last) => [edge(first), edge(last + 1)] }, y: null },
    select: ({ x: [from, to] }) => selectRange(x.column, from, to),
    table: {
      header: ['from', 'to', ...groups.map(({ label }) => label)],
      rows: Array.from({ length: count }, (_, bin) => [
        time ? text(edge(bin)) : edge(bin),
        time ? text(edge(bin + 1)) : edge(bin + 1),
        ...counts.map((of) => of[bin]!),
      ]),
    },
    summary: `Histogram of ${x.column.name}: ${formatCount(total)} rows from ${text(edge(0))} to ${text(edge(count))}.`,
  }
}

function selectRange(
  column: ChartInput['x']['column'],
  from: number,
  to: number,
): ReturnType<DrawnChart['select']> {
  return from < to ? [{ kind: 'range', column, from, to, includesTo: false }] : null
}

const drawBin: NonNullable<CustomSeriesOption['renderItem']> = (_, api) => {
  const [left, top] = api.coord([api.value(0), api.value(3)]) as [number, number]
  const [right, bottom] = api.coord([api.value(1), api.value(2)]) as [number, number]
  const gap = right - left > 4 ? 1 : 0
  return {
    type: 'rect',
    shape: { x: left, y: top, width: Math.max(right - left - gap, 0.5), height: bottom - top },
    style: { fill: api.visual('color') as string },
  }
}

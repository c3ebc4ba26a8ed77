import type { ScatterSeriesOption } from 'echarts'
import { amountText } from '../format-amounts.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { baseOption, legendOption, valueAxis } from './chart-base.ts'
import { isTime } from './chart-kinds.ts'
import { numbersOf, type PointColumn } from './chart-points.ts'
import type { ChartInput } from './chart-input.ts'
import { evenCells } from './mark-cells.ts'
import type { DrawnChart } from './drawn-chart.ts'

/** One mark for each row that has both values. */
export function drawScatter({ x, y, colours, theme }: ChartInput & { y: PointColumn }): DrawnChart | null {
  const [across, up] = [numbersOf(x), numbersOf(y)]
  const groups = colours?.groups ?? [{ label: 'Rows' }]
  const points: [number, number][][] = groups.map(() => [])
  for (const [row, value] of across.entries()) {
    if (Number.isNaN(value) || Number.isNaN(up[row]!)) continue
    points[colours?.groupOf[row] ?? 0]!.push([value, up[row]!])
  }
  const total = points.reduce((sum, of) => sum + of.length, 0)
  if (total === 0) return null
  const opacity = Math.max(0.2, Math.min(0.85, 800 / total))
  return {
    option: {
      ...baseOption(theme, { hasLegend: colours !== null }),
      ...(colours && { legend: legendOption(theme) }),
      xAxis: valueAxis({ name: x.column.name, theme, isTime: isTime(x.column) }),
      yAxis: { ...valueAxis({ name: y.column.name, theme, isTime: isTime(y.column) }) },
      series: groups.map(({ label }, of): ScatterSeriesOption => ({
        name: label,
        type: 'scatter',
        data: points[of]!,
        symbolSize: total > 2000 ? 4 : 6,
        itemStyle: { opacity },
        large: total > 5000,
        tooltip: {
          formatter: (item: unknown) => {
            const [a, b] = (item as { value: [number, number] }).value
            return `${x.column.name} ${valueText(x, a)}\n${y.column.name} ${valueText(y, b)}`
          },
        },
      })),
    },
    marking: 'xy',
    cells: { x: evenCells(across), y: evenCells(up) },
    select: (extent) => {
      if (!extent.y) return null
      const part = (column: PointColumn['column'], [from, to]: readonly [number, number]) =>
        ({ kind: 'range', column, from, to, includesTo: true }) as const
      return [part(x.column, extent.x), part(y.column, extent.y)]
    },
    table: {
      header: [x.column.name, y.column.name, ...(colours ? ['group'] : [])],
      rows: points.flatMap((of, index) =>
        of.map(([a, b]) => [cellOf(x, a), cellOf(y, b), ...(colours ? [colours.groups[index]!.label] : [])]),
      ),
    },
    summary: `${y.column.name} against ${x.column.name}: ${formatCount(total)} rows.`,
  }
}

const cellOf = ({ column }: PointColumn, value: number): string | number =>
  isTime(column) ? new Date(value).toISOString() : value

const valueText = (of: PointColumn, value: number): string => {
  const cell = cellOf(of, value)
  return typeof cell === 'number' ? amountText(cell) : cell.slice(0, 19).replace('T', ' ')
}

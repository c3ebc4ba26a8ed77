import { amountText } from '../format-amounts.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { quantileOf } from './bin-numbers.ts'
import { baseOption, categoryAxis, valueAxis } from './chart-base.ts'
import { groupRows, inOwnOrder, numbersOf, type PointColumn } from './chart-points.ts'
import { selectBars } from './draw-bars.ts'
import type { ChartInput } from './chart-input.ts'
import { placeCells } from './mark-cells.ts'
import type { DrawnChart } from './drawn-chart.ts'

const mostBoxes = 20
const mostOutliers = 200

/** Lowest and highest value within 1.5 interquartile ranges of the box (Tukey), the quartiles, and what lies beyond. */
interface Box {
  five: readonly [number, number, number, number, number]
  outliers: readonly number[]
  rows: number
}

export function drawBoxes({ x, y, theme }: ChartInput & { y: PointColumn }): DrawnChart | null {
  const { groups, groupOf } = inOwnOrder(groupRows(x, mostBoxes))
  const values = numbersOf(y)
  const boxes = groups.map((_, group) =>
    boxOf(values.filter((value, row) => groupOf[row] === group && !Number.isNaN(value)).toSorted()),
  )
  if (boxes.every((box) => box === null)) return null
  const outliers = boxes.flatMap((box, index) => (box?.outliers ?? []).map((value) => [index, value]))
  const [colour] = theme.series
  return {
    option: {
      ...baseOption(theme, { hasLegend: false }),
      xAxis: categoryAxis({ name: x.column.name, theme, labels: groups.map(({ label }) => label) }),
      yAxis: valueAxis({ name: y.column.name, theme }),
      series: [
        {
          type: 'boxplot',
          data: boxes.map((box) => (box ? [...box.five] : [])),
          boxWidth: [8, 40],
          itemStyle: { color: theme.surface, borderColor: colour, borderWidth: 1.5 },
          tooltip: {
            formatter: (item: unknown) => {
              const { dataIndex } = item as { dataIndex: number }
              return boxText(groups[dataIndex]!.label, boxes[dataIndex]!)
            },
          },
        },
        { type: 'scatter', data: outliers, symbolSize: 4, itemStyle: { color: colour, opacity: 0.6 } },
      ],
    },
    marking: 'x',
    cells: { x: placeCells(groups.length), y: null },
    select: ({ x: [from, to] }) => selectBars(x.column, groups, from, to),
    table: {
      header: [x.column.name, 'rows', 'low', 'lower quartile', 'median', 'upper quartile', 'high'],
      rows: groups.map(({ label }, index) => [
        label,
        boxes[index]?.rows ?? 0,
        ...(boxes[index]?.five ?? [null, null, null, null, null]),
      ]),
    },
    summary: `${y.column.name} by ${x.column.name}, ${formatCount(groups.length)} boxes.`,
  }
}

export function boxOf(sorted: Float64Array): Box | null {
  if (sorted.length === 0) return null
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantileOf(sorted, share)) as [
    number,
    number,
    number,
  ]
  const reach = 1.5 * (upper - lower)
  const inside = sorted.filter((value) => value >= lower - reach && value <= upper + reach)
  const outside = sorted.filter((value) => value < lower - reach || value > upper + reach)
  const step = Math.max(1, Math.ceil(outside.length / mostOutliers))
  return {
    five: [inside[0]!, lower, median, upper, inside.at(-1)!],
    outliers: [...outside].filter((_, index) => index % step === 0),
    rows: sorted.length,
  }
}

function boxText(label: string, { five, rows }: Box): string {
  const names = ['low', 'lower quartile', 'median', 'upper quartile', 'high']
  const lines = five.map((value, index) => `${names[index]!}: ${amountText(value)}`)
  return [`${label} (${formatCount(rows)} rows)`, ...lines.toReversed()].join('\n')
}

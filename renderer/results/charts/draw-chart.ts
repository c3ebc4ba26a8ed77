import type { TablePoints } from '../../../src/contract/tables-contract.ts'
import { drawBars } from './draw-bars.ts'
import { drawBoxes } from './draw-boxes.ts'
import { drawHistogram } from './draw-histogram.ts'
import { drawLine } from './draw-line.ts'
import { drawScatter } from './draw-scatter.ts'
import type { ChartChoice } from './chart-kinds.ts'
import type { ChartInput } from './chart-input.ts'
import { groupRows, pointColumn } from './chart-points.ts'
import type { ChartTheme, DrawnChart } from './drawn-chart.ts'

/** As many groups as colours can be told apart. */
const mostColours = 6

/** Null where the points lack a column that the choice names, or have no value to draw. */
export function drawChart(choice: ChartChoice, points: TablePoints, theme: ChartTheme): DrawnChart | null {
  const x = pointColumn(points, choice.x)
  const y = choice.y === null ? null : pointColumn(points, choice.y)
  const coloured = choice.colour === null ? null : pointColumn(points, choice.colour)
  if (!x || (choice.y !== null && !y)) return null
  const input: ChartInput = { x, y, colours: coloured && groupRows(coloured, mostColours), theme }
  switch (choice.kind) {
    case 'histogram':
      return drawHistogram(input)
    case 'bar':
      return drawBars(input)
    case 'scatter':
      return y && drawScatter({ ...input, y })
    case 'line':
      return y && drawLine({ ...input, y })
    case 'box':
      return y && drawBoxes({ ...input, y })
  }
}

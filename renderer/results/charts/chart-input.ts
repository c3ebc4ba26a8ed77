import type { Grouped, PointColumn } from './chart-points.ts'
import type { ChartTheme } from './drawn-chart.ts'

/** What a chart is drawn from. */
export interface ChartInput {
  x: PointColumn
  y: PointColumn | null
  /** Null where nothing is told apart by colour. */
  colours: Grouped | null
  theme: ChartTheme
}

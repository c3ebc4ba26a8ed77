import type { EChartsOption } from 'echarts'
import type { ChartSelection } from './chart-selection.ts'
import type { MarkCells } from './mark-cells.ts'

/** Colours of a chart, from the tokens of the theme that is on. */
export interface ChartTheme {
  series: readonly [string, ...string[]]
  text: string
  muted: string
  line: string
  surface: string
  accent: string
  /** Of what needs a look. */
  bad: string
  font: string
}

/** The extent of a mark that was drawn over a chart, in values of its axes. */
export interface MarkedExtent {
  x: readonly [number, number]
  y: readonly [number, number] | null
}

export interface DrawnChart {
  option: EChartsOption
  /** Which way it is marked: along its x axis, or by a rectangle. */
  marking: 'x' | 'xy'
  /** What the keyboard marks it by. */
  cells: { x: MarkCells; y: MarkCells | null }
  /** Null where nothing is inside. */
  select: (extent: MarkedExtent) => ChartSelection | null
  /** Its numbers, to be saved and read out. */
  table: { header: readonly string[]; rows: readonly (readonly (string | number | null)[])[] }
  /** What it shows, in a sentence. */
  summary: string
}

import type { EChartsOption } from 'echarts'
import { useEffect, useEffectEvent, useRef } from 'react'
import type { DrawnChart, MarkedExtent } from './drawn-chart.ts'
import { init, type ECharts } from './echarts.ts'
import { markAfter, type CellMark } from './mark-cells.ts'

export interface ChartCanvasProps {
  option: EChartsOption
  /** What it shows, for screen readers. */
  summary: string
  className?: string
  /** Which way the chart is marked by dragging over it, if at all. */
  marking?: 'x' | 'xy'
  /** What the keyboard marks it by. */
  cells?: DrawnChart['cells']
  onMark?: (extent: MarkedExtent | null) => void
  /** A click: where on the x axis it was. */
  onPick?: (x: number) => void
}

/** A chart; it fills its place and is drawn anew when its option changes. */
export function ChartCanvas({
  option,
  summary,
  className,
  marking,
  cells,
  onMark,
  onPick,
}: ChartCanvasProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts | null>(null)
  /** What the keyboard has marked. */
  const marked = useRef<CellMark | null>(null)
  const mark = useEffectEvent((extent: MarkedExtent | null) => onMark?.(extent))
  const pick = useEffectEvent((place: [number, number]) => {
    const drawn = chart.current!
    if (!onPick || !drawn.containPixel('grid', place)) return
    const [x] = drawn.convertFromPixel({ xAxisIndex: 0, yAxisIndex: 0 }, place)
    if (x !== undefined) onPick(x)
  })
  useEffect(() => {
    const drawn = init(place.current, null, { renderer: 'canvas' })
    chart.current = drawn
    drawn.on('brushEnd', (event) => {
      marked.current = null
      mark(extentOf(event))
    })
    drawn.on('brushselected', (event) => {
      const { batch } = event as { batch?: { areas: unknown[] }[] }
      if (batch?.every(({ areas }) => areas.length === 0) && marked.current === null) mark(null)
    })
    drawn.getZr().on('click', ({ offsetX, offsetY }) => pick([offsetX, offsetY]))
    const observer = new ResizeObserver(() => drawn.resize())
    observer.observe(place.current!)
    return () => {
      observer.disconnect()
      drawn.dispose()
    }
  }, [])
  useEffect(() => {
    const drawn = chart.current!
    drawn.setOption(withBrush(option, marking), { notMerge: true })
    if (!marking) return
    drawn.dispatchAction({
      type: 'takeGlobalCursor',
      key: 'brush',
      brushOption: { brushType: marking === 'x' ? 'lineX' : 'rect', brushMode: 'single' },
    })
  }, [option, marking])
  useEffect(() => {
    marked.current = null
  }, [option])
  const picture = <div ref={place} role="img" aria-label={summary} className="size-full" />
  if (!cells) return <div className={className ?? 'size-full'}>{picture}</div>
  return (
    <div
      role="group"
      aria-label="Rows to select: arrow keys mark, Shift with them widens, Escape clears"
      tabIndex={0}
      className={className ?? 'size-full'}
      onKeyDown={(event) => {
        const next = markAfter(marked.current, event, cells)
        if (next === undefined) return
        event.preventDefault()
        event.stopPropagation()
        marked.current = next
        const extent = next && extentOfCells(next, cells)
        showMark(chart.current!, extent)
        onMark?.(extent)
      }}
    >
      {picture}
    </div>
  )
}

function extentOfCells({ x, y }: CellMark, cells: DrawnChart['cells']): MarkedExtent {
  return { x: cells.x.extent(...x), y: y && cells.y ? cells.y.extent(...y) : null }
}

/** A single place of an axis has no width that could be drawn over: it is lit up. */
function showMark(chart: ECharts, extent: MarkedExtent | null): void {
  const isPlace = extent !== null && extent.x[0] === extent.x[1]
  chart.dispatchAction({ type: 'brush', areas: extent && !isPlace ? [areaOf(extent)] : [] })
  chart.dispatchAction({ type: 'downplay' })
  if (isPlace) chart.dispatchAction({ type: 'highlight', dataIndex: extent.x[0] })
}

/** A mark as if it had been drawn by mouse. */
function areaOf({ x, y }: MarkedExtent): object {
  return y
    ? { brushType: 'rect', xAxisIndex: 0, yAxisIndex: 0, coordRange: [x, y] }
    : { brushType: 'lineX', xAxisIndex: 0, coordRange: x }
}

function withBrush(option: EChartsOption, marking: 'x' | 'xy' | undefined): EChartsOption {
  if (!marking) return option
  return {
    ...option,
    brush: {
      toolbox: [],
      xAxisIndex: 0,
      ...(marking === 'xy' && { yAxisIndex: 0 }),
      throttleType: 'debounce',
      throttleDelay: 100,
      transformable: false,
      outOfBrush: { colorAlpha: 0.35 },
    },
  }
}

function extentOf(event: unknown): MarkedExtent | null {
  const { areas } = event as { areas: { coordRange?: number[] | number[][] }[] }
  const range = areas[0]?.coordRange
  if (!range) return null
  const [x, y] = Array.isArray(range[0]) ? (range as [number, number][]) : [range as [number, number], null]
  return { x: rounded(x), y: y ? rounded(y) : null }
}

/** To a hundredth of the extent: nobody means more digits by dragging. */
function rounded([from, to]: readonly [number, number]): [number, number] {
  const width = to - from
  if (!(width > 0)) return [from, to]
  const step = 10 ** (Math.floor(Math.log10(width)) - 2)
  const round = (value: number): number => Number((Math.round(value / step) * step).toPrecision(12))
  return [round(from), round(to)]
}

import { useMemo } from 'react'
import { Chart } from '../results/charts/chart.tsx'
import { useChartTheme } from '../results/charts/chart-theme.ts'
import { drawSeries, type SeriesLine, type SeriesMark } from './draw-series.ts'

interface SeriesFigureProps {
  title: string
  lines: readonly SeriesLine[]
  marks?: readonly SeriesMark[]
  /** The window that is looked at, by its beginning. */
  selected?: number | null
  /** A click chooses the window that was measured there. */
  onPick?: (window: { version: string; from: number }) => void
}

const none: readonly SeriesMark[] = []

/** One metric over time. */
export function SeriesFigure({ title, lines, marks = none, selected = null, onPick }: SeriesFigureProps) {
  const theme = useChartTheme()
  const { option, summary } = useMemo(
    () => drawSeries(title, { lines, marks, selected, theme }),
    [title, lines, marks, selected, theme],
  )
  const pick = (at: number): void => {
    const points = lines.flatMap((line) => line.points)
    const nearest = points.toSorted((a, b) => Math.abs(a.to - at) - Math.abs(b.to - at))[0]
    if (nearest && nearest.version !== null) onPick?.({ version: nearest.version, from: nearest.from })
  }
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <figcaption className="text-xs font-medium text-ink-soft">{title}</figcaption>
      {lines.length === 0 ? (
        <p className="flex h-44 items-center justify-center rounded-md border border-dashed border-line text-xs text-ink-faint">
          Not measured yet
        </p>
      ) : (
        <Chart option={option} summary={summary} className="h-44 w-full" {...(onPick && { onPick: pick })} />
      )}
    </figure>
  )
}

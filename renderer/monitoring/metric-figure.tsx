import { useMemo } from 'react'
import type { SeriesFilter } from '../../src/contract/monitoring-contract.ts'
import { metricWords } from '../../src/core/metric-words.ts'
import type { SeriesMark } from './draw-series.ts'
import { SeriesFigure } from './series-figure.tsx'
import { linesOf, useSeries } from './use-series.ts'

/** The window that is looked at: the beginning and the version name it. */
export interface ChosenWindow {
  version: string
  from: number
}

/** What all figures of a deployment share. */
export interface FigureSurroundings {
  name: string
  round: number
  marks: readonly SeriesMark[]
  chosen: ChosenWindow | null
  onChoose: (window: ChosenWindow) => void
}

interface MetricFigureProps {
  of: FigureSurroundings
  filter: SeriesFilter
  title?: string
}

/** One metric of a deployment over time, with what was told of it. */
export function MetricFigure({ of, filter, title }: MetricFigureProps) {
  const { name, round, marks, chosen, onChoose } = of
  const { data } = useSeries(name, { filter, round })
  const lines = useMemo(() => linesOf(data ?? []), [data])
  return (
    <SeriesFigure
      title={title ?? metricWords[filter.metric].title}
      lines={lines}
      marks={marks}
      selected={chosen?.from ?? null}
      onPick={onChoose}
    />
  )
}

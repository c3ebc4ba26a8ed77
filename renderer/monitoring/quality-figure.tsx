import { useMemo } from 'react'
import type { QualityMetric } from '../../src/core/monitor-metrics.ts'
import type { Segment } from '../../src/core/monitor.ts'
import { metricWords } from '../../src/core/metric-words.ts'
import type { FigureSurroundings } from './metric-figure.tsx'
import { SeriesFigure } from './series-figure.tsx'
import { linesOf, useSeries } from './use-series.ts'

interface QualityFigureProps {
  of: FigureSurroundings
  metric: QualityMetric
  segment: Segment | null
}

/** How good answers were, by their truths; of classes also how good they can be expected to be before these come. */
export function QualityFigure({ of, metric, segment }: QualityFigureProps) {
  const { name, round, marks, chosen, onChoose } = of
  const { data: measured } = useSeries(name, { filter: { metric, segment }, round })
  const { data: expected } = useSeries(name, { filter: { metric: 'expected-accuracy', segment }, round })
  const lines = useMemo(() => {
    const isAccuracy = metric === 'quality-accuracy'
    const own = linesOf(measured ?? [])
    const told = isAccuracy ? linesOf(expected ?? []) : []
    return [
      ...own,
      ...told.map(({ name: version, points, hasBand }) => ({
        name: `expected, ${version}`,
        points,
        hasBand: hasBand ?? false,
        isDashed: true,
      })),
    ]
  }, [metric, measured, expected])
  const title = segment
    ? `${metricWords[metric].title} where ${segment.column} is ${segment.value}`
    : metricWords[metric].title
  return (
    <SeriesFigure
      title={title}
      lines={lines}
      marks={marks}
      selected={chosen?.from ?? null}
      onPick={onChoose}
    />
  )
}

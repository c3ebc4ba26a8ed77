import type { EChartsOption, LineSeriesOption } from 'echarts'
import { useMemo } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../ui/format-amount.ts'
import { baseOption, categoryAxis, legendOption, tipOption, valueAxis } from '../charts/chart-base.ts'
import { useChartTheme } from '../charts/chart-theme.ts'
import { Chart } from '../charts/chart.tsx'
import type { ChartTheme } from '../charts/drawn-chart.ts'
import { amountText, metricTitle } from '../format-amounts.ts'
import type { QualityContent } from './quality-content.ts'
import { FactTable, ReportSection } from './report-parts.tsx'

/** Quality window by window, with what calibrated probabilities lead to expect, and the worst segments. */
export function QualityReport({ content }: { content: QualityContent }) {
  const { judged, task, windows, segments } = content
  const headline = task === 'classes' ? 'accuracy' : 'mae'
  const names = [...new Set(windows.flatMap(({ metrics }) => Object.keys(metrics)))]
  return (
    <div className="flex flex-col gap-5">
      {judged && (
        <p>
          <Badge tone={judged.dropped ? 'bad' : 'good'}>
            {judged.dropped ? 'Quality has dropped' : 'Quality has held'}
          </Badge>{' '}
          {metricTitle(judged.metric)} was {amountText(judged.reference)} and is {amountText(judged.current)}{' '}
          in the newest window (p = {amountText(judged.pValue)}).
        </p>
      )}
      <QualityChart content={content} headline={headline} />
      <ReportSection title="Windows">
        <FactTable
          label="Quality of each window"
          columns={[
            { title: 'Window' },
            { title: 'Rows', isNumber: true },
            { title: 'With truth', isNumber: true },
            ...names.map((name) => ({ title: metricTitle(name), isNumber: true })),
          ]}
          rows={windows.map((window) =>
            [windowName(window), formatCount(window.rows), formatCount(window.labelled)].concat(
              names.map((name) => amountOrDash(window.metrics[name])),
            ),
          )}
        />
      </ReportSection>
      {segments.length > 0 && (
        <ReportSection title="Segments, the worst first">
          <FactTable
            label="Quality of each segment"
            columns={[
              { title: 'Column' },
              { title: 'Value' },
              { title: 'With truth', isNumber: true },
              { title: metricTitle(headline), isNumber: true },
            ]}
            rows={segments.map((segment) => [
              segment.column,
              segment.value === '' ? 'missing' : segment.value,
              formatCount(segment.labelled),
              amountOrDash(segment.metrics[headline]),
            ])}
          />
        </ReportSection>
      )}
    </div>
  )
}

interface QualityChartProps {
  content: QualityContent
  headline: 'accuracy' | 'mae'
}

function QualityChart({ content, headline }: QualityChartProps) {
  const theme = useChartTheme()
  const option = useMemo(() => qualityOption(content, { headline, theme }), [content, headline, theme])
  const newest = content.windows.findLast(({ labelled }) => labelled > 0)
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="text-xs font-medium text-ink-soft">{metricTitle(headline)} by window</figcaption>
      <Chart
        option={option}
        summary={`${metricTitle(headline)} of ${content.windows.length} windows; in the newest ${amountOrDash(newest?.metrics[headline])}`}
        className="h-64 w-full"
      />
    </figure>
  )
}

function qualityOption(
  { windows, judged }: QualityContent,
  { headline, theme }: { headline: 'accuracy' | 'mae'; theme: ChartTheme },
): EChartsOption {
  const hasExpected = windows.some(({ expected }) => expected)
  const [measured, expected = theme.accent] = theme.series
  const valuesOf = (value: (window: QualityContent['windows'][number]) => number | null | undefined) =>
    windows.map((window) => value(window) ?? null)
  const bound = (name: string, data: (number | null)[], area: boolean): LineSeriesOption => ({
    name,
    type: 'line',
    data,
    // The band is what lies on top of its lower bound.
    stack: 'band',
    symbol: 'none',
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    ...(area && { areaStyle: { color: expected, opacity: 0.15 } }),
  })
  return {
    ...baseOption(theme),
    legend: { ...legendOption(theme), data: ['measured', ...(hasExpected ? ['expected'] : [])] },
    tooltip: { ...tipOption(theme), trigger: 'axis' },
    xAxis: categoryAxis({ name: 'Window', theme, labels: windows.map(windowName) }),
    yAxis: valueAxis({ name: '', theme }),
    series: [
      ...(hasExpected
        ? [
            bound(
              'low',
              valuesOf((window) => window.expected?.low),
              false,
            ),
            bound(
              'band',
              valuesOf(({ expected: band }) => band && band.high - band.low),
              true,
            ),
            {
              name: 'expected',
              type: 'line' as const,
              data: valuesOf((window) => window.expected?.accuracy),
              symbol: 'none',
              color: expected,
              lineStyle: { width: 1.5, type: 'dashed' as const },
              tooltip: { valueFormatter: tipText },
            },
          ]
        : []),
      {
        name: 'measured',
        type: 'line',
        data: valuesOf(({ metrics }) => metrics[headline]),
        color: measured,
        symbolSize: 5,
        lineStyle: { width: 2 },
        tooltip: { valueFormatter: tipText },
        ...(judged && {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: theme.muted, type: 'dotted' as const },
            label: { formatter: 'reference', color: theme.muted, position: 'insideStartTop' as const },
            data: [{ yAxis: judged.reference }],
          },
        }),
      },
    ],
  }
}

const tipText = (value: unknown): string => (typeof value === 'number' ? amountText(value) : '–')
const amountOrDash = (amount: number | undefined): string => (amount === undefined ? '–' : amountText(amount))

function windowName({ from, to }: QualityContent['windows'][number]): string {
  if (typeof from === 'number') return `${formatCount(from)}–${formatCount(Number(to))}`
  return from.endsWith('T00:00:00.000Z') ? from.slice(0, 10) : `${from.slice(0, 10)} ${from.slice(11, 16)}`
}

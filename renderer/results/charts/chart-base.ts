import type { EChartsOption, LegendComponentOption, TooltipComponentOption } from 'echarts'
import { amountText, compactText } from '../format-amounts.ts'
import type { ChartTheme } from './drawn-chart.ts'

/** What all charts have in common: quiet axes, tips drawn on the canvas, no motion. */
export function baseOption(theme: ChartTheme, { hasLegend = true } = {}): EChartsOption {
  return {
    animation: false,
    color: [...theme.series],
    textStyle: { fontFamily: theme.font, fontSize: 12, color: theme.text },
    grid: {
      left: 8,
      right: 20,
      top: hasLegend ? 26 : 10,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    tooltip: tipOption(theme),
    aria: { enabled: false },
  }
}

export function tipOption(theme: ChartTheme): TooltipComponentOption {
  return {
    // Drawn on the canvas: markup would need inline styles.
    renderMode: 'richText',
    backgroundColor: theme.surface,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [6, 10],
    textStyle: { color: theme.text, fontSize: 12, fontFamily: theme.font },
  }
}

export function legendOption(theme: ChartTheme): LegendComponentOption {
  return {
    top: 0,
    right: 8,
    icon: 'roundRect',
    itemWidth: 10,
    itemHeight: 10,
    type: 'scroll',
    textStyle: { color: theme.muted },
  }
}

interface AxisGiven {
  name: string
  theme: ChartTheme
  isTime?: boolean
}

export function valueAxis({ name, theme, isTime = false }: AxisGiven) {
  return {
    ...axisLook({ name, theme }),
    // The types of the options tell time apart from value; all that is said here holds for both.
    type: (isTime ? 'time' : 'value') as 'value',
    scale: true,
    splitNumber: 4,
    splitLine: { lineStyle: { color: theme.line, opacity: 0.6 } },
    axisLabel: {
      color: theme.muted,
      hideOverlap: true,
      ...(!isTime && { formatter: (value: number) => tickText(value) }),
    },
  }
}

export function categoryAxis({ name, theme, labels }: AxisGiven & { labels: readonly string[] }) {
  return {
    ...axisLook({ name, theme }),
    type: 'category' as const,
    data: [...labels],
    axisTick: { show: false },
    axisLabel: {
      color: theme.muted,
      hideOverlap: true,
      width: 110,
      overflow: 'truncate' as const,
      rotate: labels.length > 8 ? 40 : 0,
    },
  }
}

function axisLook({ name, theme }: { name: string; theme: ChartTheme }) {
  return {
    name,
    nameLocation: 'middle' as const,
    // Below the ticks; further away where their labels are longer.
    nameGap: 26,
    nameTextStyle: { color: theme.muted },
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { lineStyle: { color: theme.line } },
  }
}

const tickText = (value: number): string =>
  Math.abs(value) >= 10_000 ? compactText(value) : amountText(value)

import { useSyncExternalStore } from 'react'
import { readColour } from '../../ui/read-colour.ts'
import type { ChartTheme } from './drawn-chart.ts'

/** The colours of charts; they follow the theme. */
export function useChartTheme(): ChartTheme {
  return useSyncExternalStore(subscribe, currentTheme)
}

let known: { key: string; theme: ChartTheme } | null = null

function currentTheme(): ChartTheme {
  const key = themeKey()
  if (known?.key !== key) known = { key, theme: readTheme() }
  return known.theme
}

const dark = matchMedia('(prefers-color-scheme: dark)')
const themeKey = (): string => `${document.documentElement.dataset['theme']} ${dark.matches}`

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  dark.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    dark.removeEventListener('change', changed)
  }
}

const readTheme = (): ChartTheme => ({
  series: [
    readColour('--stage-ingestion'),
    readColour('--stage-serving'),
    readColour('--stage-training'),
    readColour('--stage-validation'),
    readColour('--stage-features'),
    readColour('--stage-monitoring'),
  ],
  text: readColour('--ink'),
  muted: readColour('--ink-faint'),
  line: readColour('--line'),
  surface: readColour('--surface'),
  accent: readColour('--accent'),
  bad: readColour('--bad'),
  font: getComputedStyle(document.body).fontFamily,
})

import { offerFile } from '../../ui/offer-file.ts'
import { csvOf } from './chart-csv.ts'
import type { DrawnChart } from './drawn-chart.ts'

const [width, height] = [1200, 700]

/** Saves what a chart shows: its picture, or its numbers. */
export async function saveChart(
  drawn: DrawnChart,
  as: 'png' | 'svg' | 'csv',
  background: string,
): Promise<void> {
  const name = drawn.summary
    .split(/[:.]/)[0]!
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .toLowerCase()
  if (as === 'csv') return offerFile(new Blob([csvOf(drawn.table)], { type: 'text/csv' }), `${name}.csv`)
  const { init } = await import('./echarts.ts')
  const option = { ...drawn.option, backgroundColor: background, animation: false }
  if (as === 'svg') {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
    chart.setOption(option)
    offerFile(new Blob([chart.renderToSVGString()], { type: 'image/svg+xml' }), `${name}.svg`)
    return chart.dispose()
  }
  const place = document.createElement('div')
  const chart = init(place, null, { renderer: 'canvas', width, height, devicePixelRatio: 2 })
  chart.setOption(option)
  const blob = await new Promise<Blob | null>((resolve) => chart.getRenderedCanvas().toBlob(resolve))
  chart.dispose()
  if (blob) offerFile(blob, `${name}.png`)
}

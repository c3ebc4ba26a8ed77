import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from '../../test/e2e/find-chromium.ts'
import type { Benchmark, Row } from '../harness/benchmark.ts'
import { MissingPeer } from '../harness/peer.ts'
import { machineCpuSeconds } from '../harness/process-tree.ts'
import { seriesOf } from '../harness/series.ts'
import { AppWindow } from './app-window.ts'
import { buildPages } from './build-pages.ts'
import { clicksWhileBusy, writeBusyPipeline } from './busy-clicks.ts'
import { drawingAsPipeline } from './drawing-as-pipeline.ts'
import { drawingOf } from './drawing.ts'
import { firstLoadKilobytes } from './first-load.ts'
import { previewTimes } from './preview-times.ts'
import { measureOurs, measurePlain, type Drawn } from './measure-drawing.ts'

const counts = [1000, 3000] as const
const gestures = ['drag', 'pan', 'zoom'] as const
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']

/**
 * The window with many nodes, all of them in sight, beside React Flow as it comes; how large it is; and how it answers
 * while a step uses all cores; how soon an edit is previewed. Chromium draws in software.
 */
export const benchmark: Benchmark = async ({ folder, rounds, say }) => {
  const executablePath = findChromium()
  if (executablePath === null) throw new MissingPeer('There is no browser to measure in.')
  say('Building the pages.')
  const { renderer, plain } = await buildPages(folder)
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  for (const count of counts)
    writeFileSync(join(workspace, `canvas-${count}.pipeline.json`), drawingAsPipeline(drawingOf(count)))
  await writeBusyPipeline(workspace)
  const browser = await chromium.launch({ executablePath, args: flags })
  try {
    await using app = await AppWindow.start({ browser, folder: workspace, renderer })
    const kilobytes = await firstLoadKilobytes(app)
    const drawn = new Map<string, Drawn[]>()
    const keep = (name: string, one: Drawn) => drawn.set(name, [...(drawn.get(name) ?? []), one])
    for (let round = 1; round <= rounds; round++) {
      for (const count of counts) {
        say(`Round ${round} of ${rounds}: ${count} nodes.`)
        keep(`ours ${count}`, await measureOurs(app, count))
        keep(`plain ${count}`, await measurePlain(browser, { folder: plain, count }))
      }
    }
    say('Previewing edits of the examples.')
    const previews = await previewTimes(mkdtempSync(join(folder, 'previews-')))
    say('Clicking while a step uses all cores.')
    const before = machineCpuSeconds()
    const clicks = await clicksWhileBusy(app)
    say(`Cores were busy for ${(machineCpuSeconds() - before).toFixed(0)} s meanwhile.`)
    return {
      rows: [...drawn].flatMap(([name, all]) => rowsOf(name, all)),
      ratios: {
        ...Object.fromEntries(counts.flatMap((count) => musts(count, drawn.get(`ours ${count}`)!))),
        firstLoadKilobytes: kilobytes,
        clickWhileBusyMs: p95(clicks),
        previewMs: p95(previews),
      },
      must: {
        firstPaintMs1000: 500,
        frameMs1000: 34,
        firstPaintMs3000: 1200,
        frameMs3000: 34,
        firstLoadKilobytes: 350,
        clickWhileBusyMs: 50,
        previewMs: 300,
      },
      foreignShares: [],
    }
  } finally {
    await browser.close()
  }
}

function rowsOf(name: string, all: readonly Drawn[]): Row[] {
  return [
    { name: `${name}: first paint`, unit: 'ms', series: seriesOf(all.map(({ firstPaint }) => firstPaint)) },
    ...gestures.map((gesture): Row => ({
      name: `${name}: 95 of 100 frames, ${gesture}`,
      unit: 'ms',
      series: seriesOf(all.map((each) => p95(each[gesture]))),
    })),
  ]
}

/** The median of all rounds, of the slowest gesture. */
function musts(count: number, all: readonly Drawn[]): [string, number][] {
  const frames = gestures.map((gesture) => seriesOf(all.map((each) => p95(each[gesture]))).median)
  return [
    [`firstPaintMs${count}`, seriesOf(all.map(({ firstPaint }) => firstPaint)).median],
    [`frameMs${count}`, Math.max(...frames)],
  ]
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(0.95 * values.length) - 1]!

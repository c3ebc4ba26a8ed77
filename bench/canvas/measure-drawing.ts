import type { Browser, Page } from 'playwright-core'
import { fileURLToPath } from 'node:url'
import { openPipeline, type AppWindow } from './app-window.ts'
import { answerFrom } from './build-pages.ts'
import { drawingOf } from './drawing.ts'
import { dragAround, framesWhile, scrollAt, type Point } from './gestures.ts'

/** Milliseconds to the first picture, and between the frames of each gesture. */
export interface Drawn {
  firstPaint: number
  drag: number[]
  pan: number[]
  zoom: number[]
}

const probe = fileURLToPath(import.meta.resolve('./probe.js'))

/** Our window: a drawing as it opens, then all of it in sight and each gesture there. */
export async function measureOurs(app: AppWindow, count: number): Promise<Drawn> {
  const page = await app.openPage()
  try {
    const firstPaint = await openPipeline(page, `canvas-${count}.pipeline.json`)
    await page.getByRole('button', { name: 'No problems' }).waitFor()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await page.waitForTimeout(1500)
    const { node, empty } = await placesOn(page)
    const drag = await framesWhile(page, () => dragAround(page, node))
    const pan = await framesWhile(page, () => scrollAt(page, empty, 4))
    await page.keyboard.down('Control')
    const zoom = await framesWhile(page, () => scrollAt(page, empty, -6))
    await page.keyboard.up('Control')
    // What was dragged must not come back as a draft in the next window.
    await page.keyboard.press('Control+z')
    await page.getByText('not saved').waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
    return { firstPaint, drag, pan, zoom }
  } finally {
    await page.close()
  }
}

/** React Flow as it comes, which shows all from the start. */
export async function measurePlain(
  browser: Browser,
  { folder, count }: { folder: string; count: number },
): Promise<Drawn> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  try {
    await page.addInitScript({ path: probe })
    await page.route('http://plain.test/**', async (route) => {
      await route.fulfill(await answerFrom(folder, new URL(route.request().url()).pathname))
    })
    await page.goto(`http://plain.test/?nodes=${count}`)
    const firstPaint = await page.evaluate<number>('painted')
    await page.waitForTimeout(1500)
    const { node, empty } = await placesOn(page)
    const drag = await framesWhile(page, () => dragAround(page, node))
    const pan = await framesWhile(page, () => dragAround(page, empty))
    const zoom = await framesWhile(page, () => scrollAt(page, empty, -6))
    return { firstPaint, drag, pan, zoom }
  } finally {
    await page.close()
  }
}

/** A place on a node that is amid the others, which need not be an element, and one where none is. */
async function placesOn(page: Page): Promise<{ node: Point; empty: Point }> {
  const pane = (await page.locator('.react-flow__pane').boundingBox())!
  const [left, top, zoom] = await page.evaluate<[number, number, number]>(`(() => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform)
    return [e, f, a]
  })()`)
  const [x, y] = drawingOf(501).nodes[500]!.at
  return {
    node: { x: pane.x + left + (x + 60) * zoom, y: pane.y + top + (y + 30) * zoom },
    empty: { x: pane.x + pane.width / 2, y: pane.y + 24 },
  }
}

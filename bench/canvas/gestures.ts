import type { Page } from 'playwright-core'

const steps = 90
const stepMs = 16
/** A page that hardly moves shows that soon. */
const longestMs = 6000

export interface Point {
  x: number
  y: number
}

/** Milliseconds between the frames of a page while something is done. */
export async function framesWhile(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate('probe.startFrames()')
  await work()
  return page.evaluate<number[]>('probe.stopFrames()')
}

/** Presses a button, leads the pointer around in a circle, and lets go. */
export async function dragAround(page: Page, from: Point, button: 'left' | 'right' = 'left'): Promise<void> {
  const { mouse } = page
  await mouse.move(from.x, from.y)
  await mouse.down({ button })
  await eachStep(page, async (share) => {
    const angle = 2 * Math.PI * share
    await mouse.move(from.x + 120 * Math.sin(angle), from.y + 80 * (1 - Math.cos(angle)))
  })
  await mouse.up({ button })
}

/** Scrolls to and fro at a place. */
export async function scrollAt(page: Page, { x, y }: Point, amount: number): Promise<void> {
  await page.mouse.move(x, y)
  await eachStep(page, async (share) => page.mouse.wheel(0, share < 0.5 ? amount : -amount))
}

async function eachStep(page: Page, work: (share: number) => Promise<void>): Promise<void> {
  const end = performance.now() + longestMs
  for (let step = 0; step < steps && performance.now() < end; step++) {
    const start = performance.now()
    await work(step / steps)
    const rest = stepMs - (performance.now() - start)
    if (rest > 0) await page.waitForTimeout(rest)
  }
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'

const executable = findChromium()

describe.skipIf(executable === null)('after an edit', () => {
  let studio: Studio
  let canvas: CanvasDriver

  beforeAll(async () => {
    studio = await Studio.open({ executable: executable!, width: 1440, height: 1000 })
    canvas = new CanvasDriver(studio.page)
    await studio.page.getByRole('button', { name: /^Telco churn/ }).click()
    await studio.page.getByRole('button', { name: 'No problems' }).waitFor()
    await canvas.settle()
  }, 120_000)
  afterAll(() => studio[Symbol.asyncDispose]())

  it('steps show a sample of what they give, before they ran', { timeout: 60_000 }, async () => {
    const { page } = studio
    await canvas.node('scale').click({ position: { x: 40, y: 12 } })
    await canvas.press('Delete')
    await canvas.node('encode').click({ position: { x: 40, y: 12 } })
    await page.getByRole('button', { name: 'Results', exact: true }).first().click()
    await page.getByRole('tab', { name: 'Data', exact: true }).click()
    await page.getByText('sample', { exact: true }).waitFor()
    const grid = page.getByRole('grid', { name: 'Rows of Table' })
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2001')
    expect(studio.complaints).toEqual([])
  })
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'

const executable = findChromium()

describe.skipIf(executable === null)('a window that is loaded again', () => {
  let studio: Studio
  let page: Page
  let canvas: CanvasDriver

  beforeAll(async () => {
    studio = await Studio.open({ executable: executable! })
    page = studio.page
    canvas = new CanvasDriver(page)
    await page.getByRole('button', { name: /^Telco churn/ }).click()
    await page.getByRole('button', { name: 'No problems' }).waitFor()
  }, 60_000)

  afterAll(async () => {
    await studio[Symbol.asyncDispose]()
  })

  it('follows the run in progress to its end', { timeout: 120_000 }, async () => {
    await canvas.run()
    await page.getByRole('button', { name: /^Stop/ }).waitFor()
    await page.reload()
    expect(await canvas.runEnd()).toMatch(/^Done in/)
    expect(await canvas.stateOf('trees')).toBe('done')
  })

  it('shows the last run, with what has changed since', { timeout: 60_000 }, async () => {
    await canvas.node('trees').click({ position: { x: 40, y: 12 } })
    await page.getByRole('textbox', { name: 'Trees', exact: true }).fill('20')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Save', exact: true, disabled: true }).waitFor()
    await page.reload()
    await canvas.runEnd()
    expect(await canvas.statesOf('impute', 'trees', 'evaluate')).toEqual({
      impute: 'done',
      trees: 'stale',
      evaluate: 'stale',
    })
    await canvas.node('evaluate').click({ position: { x: 40, y: 12 } })
    await page.getByRole('button', { name: 'Results', exact: true }).click()
    await page.getByText('ROC AUC').first().waitFor()
    await page.getByText(/from before the last change/).waitFor()
  })

  it('goes Back and Forward through what was shown', { timeout: 30_000 }, async () => {
    await page.getByRole('button', { name: 'Runs', exact: true }).click()
    await page.getByRole('region', { name: 'List of runs' }).waitFor()
    await page.goBack()
    await canvas.node('trees').waitFor()
    await page.goForward()
    await page.getByRole('region', { name: 'List of runs' }).waitFor()
    await page.goBack()
    await canvas.node('trees').waitFor()
    expect(studio.complaints).toEqual([])
  })

  it('says when another window has the same pipeline open', { timeout: 30_000 }, async () => {
    const notice = 'Another window has this pipeline open, too.'
    const second = await page.context().newPage()
    await second.goto(new URL('/', page.url()).href)
    await second.locator('button[title$=".pipeline.json"]').first().click()
    await Promise.all([page, second].map((each) => each.getByText(notice).waitFor()))
    await second.close({ runBeforeUnload: false })
    await page.getByText(notice).waitFor({ state: 'detached' })
    expect(await page.getByText(notice).count()).toBe(0)
  })
})

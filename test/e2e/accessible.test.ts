import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'
import { violationsOn } from './violations.ts'

const executable = findChromium()

describe.skipIf(executable === null).each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  let studio: Studio

  beforeAll(async () => {
    studio = await Studio.open({ executable: executable!, colorScheme })
  })
  afterAll(async () => {
    await studio?.[Symbol.asyncDispose]()
  })

  it('has no barrier on the start page', { timeout: 60_000 }, async () => {
    await studio.page.getByRole('button', { name: /^Telco churn/ }).waitFor()
    expect(await violationsOn(studio.page)).toEqual([])
  })

  it('has no barrier on a canvas, before and after a run', { timeout: 120_000 }, async () => {
    const { page } = studio
    const canvas = new CanvasDriver(page)
    await page.getByRole('button', { name: /^Telco churn/ }).click()
    await page.getByRole('button', { name: 'No problems' }).waitFor()
    await canvas.node('trees').click()
    expect(await violationsOn(page)).toEqual([])
    await canvas.run()
    await canvas.runEnd()
    await page.getByRole('tabpanel', { name: 'Results' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it(
    'has no barrier in the lists of commands, keys, problems and node types',
    { timeout: 60_000 },
    async () => {
      const { page } = studio
      const canvas = new CanvasDriver(page)
      await canvas.clickEmptySpace()
      for (const keys of ['Control+k', 'Shift+?', 'a']) {
        await canvas.press(keys)
        await page.waitForTimeout(200)
        expect(await violationsOn(page)).toEqual([])
        await canvas.press('Escape')
      }
      await canvas.press('Control+Shift+m')
      expect(await violationsOn(page)).toEqual([])
    },
  )

  it(
    'has no barrier in the settings, and none in what is told about the app',
    { timeout: 60_000 },
    async () => {
      const { page } = studio
      await page.getByRole('button', { name: 'Settings', exact: true }).click()
      await page.getByRole('textbox', { name: 'Cores' }).waitFor()
      expect(await violationsOn(page)).toEqual([])
      await page.getByRole('button', { name: 'About Pipewright' }).click()
      await page.getByText('react-dom', { exact: true }).waitFor()
      expect(await violationsOn(page)).toEqual([])
      await page.keyboard.press('Escape')
    },
  )

  it('has no barrier in runs and models', { timeout: 60_000 }, async () => {
    for (const place of ['Runs', 'Models']) {
      await studio.page.getByRole('button', { name: place, exact: true }).click()
      await studio.page.waitForTimeout(600)
      expect(await violationsOn(studio.page)).toEqual([])
    }
  })
})

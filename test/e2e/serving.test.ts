import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'
import { violationsOn } from './violations.ts'

const executable = findChromium()

describe.skipIf(executable === null)('serving from the app', () => {
  let studio: Studio
  let page: Page
  let address: string

  beforeAll(async () => {
    studio = await Studio.open({ executable: executable! })
    page = studio.page
    const canvas = new CanvasDriver(page)
    await page.getByRole('button', { name: /^Telco churn/ }).click()
    await page.getByRole('button', { name: 'No problems' }).waitFor()
    await canvas.run()
    await canvas.runEnd()
  }, 120_000)

  afterAll(async () => {
    await studio[Symbol.asyncDispose]()
  })

  it('makes an endpoint of a registered model, and proves its answers', { timeout: 90_000 }, async () => {
    await page.getByRole('button', { name: 'Models', exact: true }).click()
    await page.getByRole('button', { name: 'Serve…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Serve a model' })
    await dialog.getByRole('combobox', { name: 'Version 1', exact: true }).click()
    await page.getByRole('option', { name: 'telco-churn@champion' }).click()
    await dialog.getByRole('button', { name: 'More' }).click()
    await dialog.getByRole('textbox', { name: 'Processes' }).fill('1')
    await dialog.getByRole('button', { name: 'Serve', exact: true }).click()
    await page.getByRole('button', { name: /^same as batch/ }).waitFor({ timeout: 60_000 })
    address = await page.getByText(/^http:\/\/127\.0\.0\.1:\d+$/).innerText()
    expect(await violationsOn(page)).toEqual([])
  })

  it('answers other programs', async () => {
    const answer = await ask({ tenure: 2, Contract: 'Month-to-month', InternetService: 'Fiber optic' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      model: 'telco-churn',
      version: 1,
      prediction: expect.stringMatching(/^(Yes|No)$/),
      predictionId: expect.stringMatching(/^[\w-]{40}$/),
    })
  })

  it('is tried out by a form, and says how programs ask', async () => {
    await page.getByRole('tab', { name: 'Try it' }).click()
    await page
      .getByRole('form', { name: 'A row to ask with' })
      .getByLabel(/tenure$/)
      .fill('a while')
    await page.getByRole('button', { name: 'Ask the endpoint' }).click()
    await page.getByText('“a while” is not a whole number.').first().waitFor()
    await page
      .getByRole('form', { name: 'A row to ask with' })
      .getByLabel(/tenure$/)
      .fill('60')
    await page.getByRole('button', { name: 'Ask the endpoint' }).click()
    await page.getByText(/^Answered in/).waitFor()
    const curl = await page.getByRole('group', { name: 'Asked with curl' }).innerText()
    expect(curl).toContain(`${address}/predict`)
    expect(curl).toContain('"tenure":')
    expect(await violationsOn(page)).toEqual([])
  })

  it('shows what was asked, and takes the truth about it', async () => {
    await page.getByRole('tab', { name: 'Log' }).click()
    const rows = page.getByRole('table', { name: 'Predictions, the newest first' }).getByRole('row')
    await rows.nth(2).waitFor()
    await rows.nth(1).getByRole('button').click()
    await page.getByText('What it really was:').waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.getByRole('cell').getByRole('button', { name: 'No', exact: true }).click()
    await page.getByText('Kept as feedback.').waitFor()
  })

  it('draws its last minutes', async () => {
    await page.getByRole('tab', { name: 'Live' }).click()
    await page.getByRole('img', { name: /^Requests per second, now: requests/ }).waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('is switched off, and on again at the same address', { timeout: 60_000 }, async () => {
    const onOff = page.getByRole('switch', { name: 'Endpoint telco-churn' }).first()
    await onOff.click()
    await page.getByText('Switch it on to get an address').waitFor()
    await expect(ask({})).rejects.toThrow('fetch failed')
    await onOff.click()
    await page.getByText(address).waitFor()
    expect((await ask({ tenure: 2 })).status).toBe(200)
    expect(studio.complaints).toEqual([])
  })

  it('has its answers labelled by single keys, and takes back what was pressed by mistake', async () => {
    await page.getByRole('button', { name: 'Monitoring', exact: true }).click()
    await page.getByRole('tab', { name: 'Labelling' }).click()
    await page.getByRole('group', { name: 'Row to be labelled' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.keyboard.press('2')
    await page.getByText(/^1 labelled now/).waitFor()
    await page.keyboard.press('z')
    await page.getByText(/^0 labelled now/).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('1')
    await page.getByText(/^1 labelled now/).waitFor()
    expect(studio.complaints).toEqual([])
  })

  const ask = (row: Readonly<Record<string, unknown>>): Promise<Response> =>
    fetch(`${address}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(row),
    })
})

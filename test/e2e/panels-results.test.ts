import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'

const executable = findChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

describe.skipIf(executable === null)('the results of the churn pipeline', () => {
  let studio: Studio
  let page: Page
  let canvas: CanvasDriver

  const show = async (node: string, tab: string): Promise<void> => {
    await canvas.node(node).click({ position: { x: 40, y: 12 } })
    await page.getByRole('tab', { name: tab, exact: true }).click()
  }

  beforeAll(async () => {
    studio = await Studio.open({ executable: executable!, width: 1440, height: 1000 })
    page = studio.page
    canvas = new CanvasDriver(page)
    await page.getByRole('button', { name: /^Telco churn/ }).click()
    await page.getByRole('button', { name: 'No problems' }).waitFor()
    await canvas.run()
    await canvas.runEnd()
    await page.getByRole('tablist', { name: 'Results of the node' }).waitFor()
    await canvas.settle()
  }, 180_000)

  afterAll(async () => {
    await studio[Symbol.asyncDispose]()
  })

  it('show rows, sorted and filtered over the whole table', { timeout: 60_000 }, async () => {
    await show('impute', 'Data')
    const grid = page.getByRole('grid', { name: 'Rows of Table' })
    await grid.getByText('7590-VHVEG').waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe('7044')
    const header = grid.getByRole('columnheader', { name: /customerID/ })
    await header.getByRole('button').click()
    await header.getByRole('button').click()
    expect(await header.getAttribute('aria-sort')).toBe('descending')
    await grid.getByText('9995-HOTOH').waitFor()
    await page
      .getByRole('textbox', { name: 'Show only rows where' })
      .fill("tenure < 3 and Contract = 'One year'")
    await page.keyboard.press('Enter')
    await page
      .getByRole('status')
      .filter({ hasText: /^\d+ of 7,043 rows$/ })
      .waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('move through the rows by keyboard, to the very end', { timeout: 60_000 }, async () => {
    await page.getByRole('button', { name: 'Show all rows' }).click()
    const grid = page.getByRole('grid', { name: 'Rows of Table' })
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('7044')
    await grid.focus()
    await canvas.press('Control+End', 'ArrowLeft')
    const active = await grid.getAttribute('aria-activedescendant')
    expect(active).toBe('cell-7042-19')
    await page.locator(`#${active}`).filter({ hasText: /./ }).waitFor()
  })

  it('send a condition downstream as a filter, in one step of undo', { timeout: 60_000 }, async () => {
    const filter = page.getByRole('textbox', { name: 'Show only rows where' })
    await filter.fill('tenure >')
    await canvas.press('Enter')
    await page.getByRole('alert').waitFor()
    await filter.fill('tenure > 12')
    await canvas.press('Enter')
    await page.getByRole('button', { name: 'Add a filter with this condition' }).click()
    await canvas.node('filter').waitFor()
    expect(await page.getByRole('tabpanel').locator('.cm-content').textContent()).toBe('tenure > 12')
    await page.getByText('Gives true or false.').waitFor()
    await canvas.clickEmptySpace()
    await canvas.press('Control+z')
    await canvas.node('filter').waitFor({ state: 'detached' })
  })

  it('profile each column', { timeout: 60_000 }, async () => {
    await show('customers', 'Profile')
    await page.getByText(/^7,043 rows, 21 columns/).waitFor()
    await page.getByRole('searchbox', { name: 'Find a column' }).fill('charges')
    await page.getByRole('img', { name: /^Histogram of MonthlyCharges, from 18\.25 to 118\.75/ }).waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('draw any two columns, and select rows by dragging or by keyboard', { timeout: 60_000 }, async () => {
    await show('impute', 'Charts')
    await page.getByRole('radio', { name: 'Bars' }).click()
    await page.getByRole('combobox', { name: 'Column for x' }).click()
    await page.getByRole('option', { name: 'Contract' }).click()
    const chart = page.getByRole('img', { name: 'Number of rows for 3 values of Contract.' })
    await chart.waitFor()
    await page.waitForTimeout(300)
    const box = (await chart.boundingBox())!
    await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.5)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.5, { steps: 5 })
    await page.mouse.up()
    await page.getByText(/^Contract = '(?:Two year|One year)'$/).waitFor()
    const byKeyboard = page.getByRole('group', { name: /^Rows to select/ })
    // From the one in the middle.
    for (const _ of ['middle', 'first']) await byKeyboard.press('ArrowLeft')
    await page.getByText("Contract = 'Month-to-month'", { exact: true }).waitFor()
    await byKeyboard.press('Shift+ArrowRight')
    await page.getByText(/^Contract in \('Month-to-month', '(?:Two|One) year'\)$/).waitFor()
    expect(await violationsOn(page)).toEqual([])
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save the chart' }).click()
    await page.getByRole('menuitem', { name: 'Save its numbers as CSV' }).click()
    const saved = await saving
    expect(readFileSync(await saved.path(), 'utf8')).toMatch(/^Contract,No,Yes\r\nMonth-to-month,\d+,\d+\r\n/)
  })

  it('tell metrics, curves and what another threshold would do', { timeout: 60_000 }, async () => {
    await show('evaluate', 'Results')
    await page.getByRole('img', { name: /^ROC curve/ }).waitFor()
    const slider = page.getByRole('slider')
    const before = await page.locator('output').textContent()
    await slider.press('ArrowRight')
    expect(await page.locator('output').textContent()).not.toBe(before)
    expect(await violationsOn(page)).toEqual([])
    await show('expectations', 'Results')
    await page.getByText('All 9 expectations are met.').waitFor()
  })

  it('let a model answer for a row that is typed in', { timeout: 60_000 }, async () => {
    await show('threshold', 'Results')
    await page.getByRole('radio', { name: 'Try it' }).click()
    const answer = page.getByText(/Answered in/)
    await answer.waitFor()
    const shares = async (): Promise<string | null> =>
      page.locator('[aria-live=polite] ul').last().textContent()
    const before = await shares()
    expect(await page.locator('[data-threshold]').count()).toBe(1)
    await page.getByRole('form', { name: 'A row to answer for' }).getByLabel('Contract').fill('By the week')
    await page.getByText('Not among the values seen in training.').waitFor()
    await page.getByRole('form', { name: 'A row to answer for' }).getByLabel('tenure').fill('70')
    await expect.poll(shares).not.toBe(before)
    await page.getByRole('button', { name: 'Why this answer?' }).click()
    const parts = page.getByRole('list', { name: 'What each column adds to the answer' })
    await parts.getByText('By the week').waitFor()
    expect(await parts.getByRole('listitem').first().textContent()).toMatch(/^Base/)
    expect(await violationsOn(page)).toEqual([])
    await page.getByRole('form', { name: 'A row to answer for' }).getByLabel('tenure').fill('long')
    await page.getByText(/see the fields that are marked/).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await page.getByRole('radio', { name: 'Inputs and outputs' }).click()
    await page.getByRole('table', { name: 'Inputs' }).waitFor()
  })

  it('say why, what was logged, and what the node is', { timeout: 60_000 }, async () => {
    await canvas.node('split').click({ position: { x: 40, y: 12 } })
    for (const [tab, text] of [
      ['Why', /It ran, because/],
      ['Logs', /It said nothing|split/],
      ['Help', /Marks each row as train, validation or test/],
    ] as const) {
      await page.getByRole('tab', { name: tab, exact: true }).click()
      await page.getByRole('tabpanel', { name: tab }).getByText(text).first().waitFor()
    }
    expect(await violationsOn(page)).toEqual([])
  })

  it('are kept as a run, with its timeline', { timeout: 60_000 }, async () => {
    await page.getByRole('button', { name: 'Runs', exact: true }).click()
    await page.getByRole('table', { name: 'Timeline of the steps' }).getByText('trees').waitFor()
    await page.getByRole('radio', { name: 'Metrics' }).click()
    await page.getByRole('table', { name: 'Metrics' }).getByText('ROC AUC').waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('are a model of the registry, which can be given a name', { timeout: 60_000 }, async () => {
    await page.getByRole('button', { name: 'Models', exact: true }).click()
    await page.getByRole('button', { name: 'Add an alias to version 1' }).click()
    await page.getByRole('textbox', { name: 'Alias' }).fill('challenger')
    await canvas.press('Enter')
    await page.getByRole('button', { name: 'Remove the alias challenger' }).waitFor()
    await page.getByRole('radio', { name: 'Aliases over time' }).click()
    await page.getByText('given to version 1').first().waitFor()
    expect(await violationsOn(page)).toEqual([])
    expect(studio.complaints).toEqual([])
  })
})

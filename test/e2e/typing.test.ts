import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { FormDriver } from './panels-form-driver.ts'
import { Studio } from './studio.ts'

const executable = findChromium()

const typing: Pipeline = {
  format: 1,
  id: 'typing',
  name: 'Typing',
  seed: 0,
  parameters: {},
  nodes: {
    read: { type: 'ingestion.file', version: 1, params: { path: 'people.csv' } },
    filter: { type: 'features.filter', version: 1, params: { condition: 'age > 18 and aeg < 65' } },
    split: { type: 'features.split', version: 1, params: {} },
  },
  edges: ['read.table -> filter.table', 'filter.table -> split.table'],
  layout: { read: [0, 0], filter: [320, 0], split: [640, 0] },
}

it.skipIf(executable === null)(
  'keeps what is typed, and says once what is wrong with it',
  { timeout: 120_000 },
  async () => {
    await using studio = await Studio.open({ executable: executable! })
    const { page } = studio
    writeFileSync(studio.path('people.csv'), 'age,town\n18,Jena\n40,Gera\n')
    writeFileSync(studio.path('typing.pipeline.json'), formatPipeline(typing))
    await page.getByRole('button', { name: 'Open…' }).click()
    await page.getByRole('button', { name: /^typing/ }).click()
    const canvas = new CanvasDriver(page)
    const { form } = new FormDriver(page)
    await canvas.settle()

    await canvas.node('filter').click()
    const code = form.locator('.cm-content')
    await form.locator('.cm-problem').waitFor()
    await page.waitForTimeout(600)
    expect(await form.getByText('“aeg”').count()).toBe(1)
    await code.click()
    await canvas.press('Control+a', 'Delete')
    await page.keyboard.type('town')
    await page.keyboard.type(" = 'Jena'", { delay: 60 })
    await form.getByText('Gives true or false.').waitFor()
    expect(await code.textContent()).toBe("town = 'Jena'")
    await canvas.clickEmptySpace()
    await canvas.press('Control+z', 'Control+z')
    await canvas.node('filter').click()
    expect(await code.textContent()).toBe('age > 18 and aeg < 65')

    await canvas.node('split').click()
    const seed = form.locator('[data-field="seedOffset"] input')
    await seed.fill('1.5')
    await seed.press('Tab')
    await form.getByRole('alert').getByText('“1.5” is not a whole number.').waitFor()
    expect(await seed.inputValue()).toBe('1.5')
    await seed.fill('2')
    await form.getByRole('alert').waitFor({ state: 'detached' })
    expect(studio.complaints).toEqual([])
  },
)

import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'

const executable = findChromium()

describe.skipIf(executable === null)('starting in the browser', () => {
  it('opens a template and runs it', { timeout: 120_000 }, async () => {
    await using studio = await Studio.open({ executable: executable! })
    const canvas = new CanvasDriver(studio.page)
    await studio.page.getByRole('button', { name: /^Titanic/ }).click()
    await canvas.node('passengers').waitFor()
    await canvas.run()
    expect(await canvas.runEnd()).toMatch(/^Done in .*: 14 ran$/)
    await studio.page.getByRole('button', { name: 'Start', exact: true }).click()
    await studio.page.getByRole('region', { name: 'Recent' }).getByText('Titanic').waitFor()
    await studio.page.getByRole('button', { name: 'Pipelines', exact: true }).click()
    await studio.page.reload()
    await canvas.node('passengers').waitFor()
    expect(studio.complaints).toEqual([])
  })

  it('draws a pipeline for a file, and runs it', { timeout: 120_000 }, async () => {
    await using studio = await Studio.open({ executable: executable! })
    const { page } = studio
    const canvas = new CanvasDriver(page)
    await page
      .getByLabel('Data file')
      .setInputFiles(new URL('../../examples/titanic/titanic.csv', import.meta.url).pathname)
    const dialog = page.getByRole('dialog', { name: /predict from titanic.csv/ })
    await dialog.getByRole('radio', { name: /^survived/i }).click()
    await dialog.getByRole('button', { name: 'Draw the pipeline' }).click()
    await page.getByRole('button', { name: /No problems|warning/ }).waitFor()
    await canvas.run()
    expect(await canvas.runEnd()).toMatch(/^Done in/)
  })

  it('says where a run failed, and why; stops one that goes on', { timeout: 120_000 }, async () => {
    await using studio = await Studio.open({ executable: executable!, files: ['titanic/titanic.csv'] })
    const { page } = studio
    const canvas = new CanvasDriver(page)
    await page.getByRole('button', { name: 'New pipeline' }).click()
    await page.getByText('Draw your pipeline').waitFor()
    await canvas.add('read file')
    const file = page.getByRole('tabpanel').getByRole('textbox', { name: 'File', exact: true })
    await file.fill('titanic.csv')
    await file.press('Enter')
    await page.getByRole('button', { name: '1 warning' }).waitFor()
    writeFileSync(studio.path('titanic.csv'), 'a,b\n1,2\n3\n"')
    await canvas.run()
    expect(await canvas.runEnd()).toMatch(/^Failed in .*: 1 failed$/)
    expect(await canvas.stateOf('file')).toBe('failed')

    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await page.getByRole('button', { name: /^Adult income/ }).click()
    await canvas.node('train').waitFor()
    await canvas.run()
    await page.getByRole('button', { name: /^Stop/ }).click()
    expect(await canvas.runEnd()).toMatch(/^Stopped in/)
  })

  it('brings back what was not saved when the app was killed', { timeout: 120_000 }, async () => {
    await using studio = await Studio.open({ executable: executable! })
    const canvas = (): CanvasDriver => new CanvasDriver(studio.page)
    await studio.page.getByRole('button', { name: 'New pipeline' }).click()
    await studio.page.getByText('Draw your pipeline').waitFor()
    await canvas().add('sample data', 'split')
    // A draft is kept a second after the last change.
    await studio.page.waitForTimeout(1500)
    await studio.crash()
    await studio.page.getByText('that were not saved are back').waitFor()
    expect(await canvas().nodes.count()).toBe(2)
    await studio.page.getByRole('alert').getByRole('button', { name: 'Save' }).click()
    await studio.page.getByText('that were not saved are back').waitFor({ state: 'detached' })
    expect(studio.read('untitled.pipeline.json')).toContain('sample-data.table -> split.table')
  })
})

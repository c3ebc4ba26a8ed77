import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kerasSigmoid } from '../fixtures/onnx/foreign-models.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'
import { violationsOn } from './violations.ts'

const executable = findChromium()

describe.skipIf(executable === null)('a model from elsewhere', () => {
  let studio: Studio

  beforeAll(async () => {
    studio = await Studio.open({ executable: executable! })
    writeFileSync(studio.path('leaving.onnx'), kerasSigmoid())
  }, 60_000)
  afterAll(() => studio[Symbol.asyncDispose]())

  it('is imported with names for its columns', { timeout: 60_000 }, async () => {
    const { page } = studio
    await page.getByRole('button', { name: 'Models', exact: true }).click()
    await page.getByRole('button', { name: 'Import…' }).click()
    await page.getByRole('button', { name: /leaving\.onnx/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Import a model' })
    await dialog.getByText(/Written by tf2onnx/).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await dialog.getByLabel('Columns').fill('months')
    await dialog.getByText('The model takes 2 columns; these are 1.').waitFor()
    await dialog.getByLabel('Columns').fill('months\nspend')
    await dialog.getByLabel('Labels of the classes').fill('stays\nleaves')
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('heading', { name: 'leaving' }).waitFor()
    expect(studio.complaints).toEqual([])
  })
})

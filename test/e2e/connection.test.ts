import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'

const executable = findChromium()

describe.skipIf(executable === null)('a window whose host is gone', () => {
  it('says so once, keeps what was changed, and goes on when it is back', { timeout: 120_000 }, async () => {
    await using studio = await Studio.open({ executable: executable! })
    const { page } = studio
    const canvas = new CanvasDriver(page)
    await page.getByRole('button', { name: /^Titanic/ }).click()
    await canvas.node('passengers').waitFor()
    const { port } = new URL(page.url())
    await studio.kill()
    const banner = page.getByRole('alert').filter({ hasText: 'Pipewright does not answer' })
    await banner.getByText(`pipewright studio --port ${port}`).waitFor()
    await canvas.add('filter rows')
    await page.keyboard.press('ControlOrMeta+s')
    expect(await page.getByRole('log', { name: 'Messages' }).textContent()).toBe('')

    const address = await studio.startAgain(port)
    const other = await page.context().newPage()
    await other.goto(address)
    await banner.waitFor({ state: 'detached' })
    await other.close()
    await page
      .getByRole('button', { name: /error|No problems/ })
      .first()
      .waitFor()
    expect(await page.getByRole('log', { name: 'Messages' }).textContent()).toBe('')
    await page.keyboard.press('ControlOrMeta+s')
    await expect.poll(() => studio.read('titanic/titanic.pipeline.json')).toContain('filter')
    writeFileSync(
      studio.path('titanic/titanic.pipeline.json'),
      studio.read('titanic/titanic.pipeline.json').replace('"name": "', '"name": "Their '),
    )
    await page.getByText(/has changed on disk and was loaded again/).waitFor()
  })
})

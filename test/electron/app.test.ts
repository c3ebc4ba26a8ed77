import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { BrowserServer } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../e2e/find-chromium.ts'
import { faults } from './faults.ts'
import type { Outcome } from './run-specs.ts'
import { buildTestWindow, openBrowser, runSpecs } from './run-under-double.ts'
import { specs } from './specs.ts'

const chromium = findChromium()

/**
 * The app's own main and preload scripts, under a double of Electron's main process that shows pages in Chromium:
 * Electron itself is too large a download for every machine that runs tests.
 */
describe.skipIf(chromium === null)('the desktop app', () => {
  const window = mkdtempSync(join(tmpdir(), 'pipewright-window-'))
  let browser: BrowserServer
  let outcome: Outcome

  beforeAll(async () => {
    await buildTestWindow(window)
    browser = await openBrowser(chromium!)
    outcome = await runSpecs({ browser, window })
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    rmSync(window, { recursive: true, force: true })
  })

  it('opens its window', () => {
    expect(outcome['opens its window'] ?? null).toBeNull()
  })

  it.each(Object.keys(specs))('%s', (name) => {
    expect(outcome[name]).toBeNull()
  })

  describe('is found to be broken by', () => {
    const broken = new Map<string, Outcome>()

    beforeAll(async () => {
      const waiting = [...faults]
      const work = async (): Promise<void> => {
        for (let fault = waiting.shift(); fault; fault = waiting.shift())
          broken.set(fault.name, await runSpecs({ browser, window, fault }))
      }
      await Promise.all([work(), work()])
    }, 300_000)

    it.each(faults)('$name', (fault) => {
      expect(broken.get(fault.name)![fault.breaks]).toEqual(expect.any(String))
      expect(broken.get(fault.name)![fault.breaks]).not.toContain('fits nowhere')
    })
  })

  it('is the command line as well', async () => {
    const hooks = pathToFileURL(join(import.meta.dirname, 'double', 'register.ts')).href
    const main = join(import.meta.dirname, '../../electron/main.ts')
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', hooks, main, 'cli', 'nodes', 'show', 'features.split', '--json'],
      { env: { ...process.env, ELECTRON_WINDOW: window } },
    )
    expect(JSON.parse(stdout)).toMatchObject({ id: 'features.split' })
  })
})

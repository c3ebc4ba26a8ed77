import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../e2e/find-chromium.ts'
import { faults, type SeededFault } from './faults.ts'
import type { Outcome } from './run-specs.ts'
import { specs } from './specs.ts'

const chromium = findChromium()

/**
 * The app's own main and preload scripts, under a double of Electron's main process that shows pages in Chromium:
 * Electron itself is too large a download for every machine that runs tests.
 */
describe.skipIf(chromium === null)('the desktop app', () => {
  const window = mkdtempSync(join(tmpdir(), 'pipewright-window-'))
  let outcome: Outcome

  beforeAll(async () => {
    await build({
      configFile: false,
      root: join(import.meta.dirname, 'window'),
      base: './',
      logLevel: 'error',
      build: { outDir: window, emptyOutDir: true, target: 'es2024' },
    })
    outcome = await runSpecs(null)
  })
  afterAll(() => rmSync(window, { recursive: true, force: true }))

  const runSpecs = (fault: SeededFault | null): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      const hooks = pathToFileURL(join(import.meta.dirname, 'double', 'register.ts')).href
      const environment = {
        ...process.env,
        CHROMIUM: chromium!,
        ELECTRON_WINDOW: window,
        ...(fault && { ELECTRON_FAULT: JSON.stringify(fault), ELECTRON_SPEC: fault.breaks }),
      }
      execFile(
        process.execPath,
        ['--import', hooks, join(import.meta.dirname, 'run-specs.ts')],
        { env: environment },
        (error, stdout, stderr) => {
          const line = stdout.trim().split('\n').at(-1) ?? ''
          if (line.startsWith('{')) resolve(JSON.parse(line) as Outcome)
          else reject(new Error(`${stderr}\n${stdout}`, { cause: error }))
        },
      )
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
          broken.set(fault.name, await runSpecs(fault))
      }
      await Promise.all([work(), work()])
    }, 300_000)

    it.each(faults)('$name', (fault) => {
      expect(broken.get(fault.name)![fault.breaks]).toEqual(expect.any(String))
      expect(broken.get(fault.name)![fault.breaks]).not.toContain('fits nowhere')
    })
  })
})

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type BrowserServer } from 'playwright-core'
import { build } from 'vite'
import type { SeededFault } from './faults.ts'
import type { Outcome } from './run-specs.ts'

/** Builds the page that the specs speak to. */
export async function buildTestWindow(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'window'),
    base: './',
    publicDir: join(import.meta.dirname, '../../renderer/public'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2024' },
  })
}

/** A browser that shows the pages of any number of apps, each by itself. */
export const openBrowser = (executablePath: string): Promise<BrowserServer> =>
  chromium.launchServer({ executablePath, args: ['--no-sandbox'] })

/** Runs the specs in a process of their own: all, or with a fault the one that it is to break. */
export function runSpecs(options: {
  browser: BrowserServer
  /** The built test window. */
  window: string
  fault?: SeededFault
  /** The main script; that of the sources when it is left out. */
  main?: string
}): Promise<Outcome> {
  const { browser, window, fault, main } = options
  const hooks = pathToFileURL(join(import.meta.dirname, 'double', 'register.ts')).href
  const env = {
    ...process.env,
    ELECTRON_BROWSER: browser.wsEndpoint(),
    ELECTRON_WINDOW: window,
    ...(fault && { ELECTRON_FAULT: JSON.stringify(fault), ELECTRON_SPEC: fault.breaks }),
    ...(main !== undefined && { ELECTRON_MAIN: main }),
  }
  const script = join(import.meta.dirname, 'run-specs.ts')
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--import', hooks, script], { env }, (error, stdout, stderr) => {
      const line = stdout.trim().split('\n').at(-1) ?? ''
      if (line.startsWith('{')) resolve(JSON.parse(line) as Outcome)
      else reject(new Error(`${stderr}\n${stdout}`, { cause: error }))
    })
  })
}

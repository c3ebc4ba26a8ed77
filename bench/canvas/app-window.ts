import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startCommand, type RunningCommand } from '../../test/contract/run-command.ts'

const command = fileURLToPath(import.meta.resolve('../nodes/pipewright.js'))
const probe = fileURLToPath(import.meta.resolve('./probe.js'))

/** `pipewright studio` on a folder, and windows on it. */
export class AppWindow implements AsyncDisposable {
  readonly #command: RunningCommand
  readonly #context: BrowserContext
  #address: string | null

  private constructor(parts: { command: RunningCommand; context: BrowserContext; address: string }) {
    this.#command = parts.command
    this.#context = parts.context
    this.#address = parts.address
  }

  static async start(options: { browser: Browser; folder: string; renderer: string }): Promise<AppWindow> {
    const { browser, folder, renderer } = options
    const settings = join(folder, '.settings')
    mkdirSync(settings, { recursive: true })
    const studio = startCommand(['studio', folder, '--no-open'], {
      command,
      env: { ...process.env, PIPEWRIGHT_SETTINGS: settings, PIPEWRIGHT_BENCH_RENDERER: renderer },
    })
    await studio.saw('Open http')
    const address = /Open (http\S+)/.exec(studio.said())![1]!
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addInitScript({ path: probe })
    const app = new AppWindow({ command: studio, context, address })
    // The address with the token is good for one page; the others have a cookie.
    await (await app.openPage()).close()
    return app
  }

  /** A window at the start page. */
  async openPage(watch: (page: Page) => void = () => undefined): Promise<Page> {
    const page = await this.#context.newPage()
    watch(page)
    await page.goto(this.#address!)
    this.#address = new URL('/', this.#address!).href
    await page.getByRole('button', { name: 'New pipeline' }).waitFor()
    return page
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close()
    this.#command.child.kill('SIGINT')
    await this.#command.outcome
  }
}

/** Opens a pipeline file as a user does. Milliseconds from the click on its name to its picture. */
export async function openPipeline(page: Page, file: string): Promise<number> {
  await page.getByRole('button', { name: 'Open…' }).click()
  const entry = page.getByRole('dialog').getByRole('button', { name: file })
  await entry.waitFor()
  await page.evaluate('probe.startAtClick()')
  await entry.click()
  return page.evaluate<number>('new Promise((tell) => setTimeout(tell, 50)).then(() => painted)')
}

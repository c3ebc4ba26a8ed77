import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { builtInCommand, startCommand, type RunningCommand } from '../contract/run-command.ts'

const examples = join(import.meta.dirname, '../../examples')
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface StudioOptions {
  executable: string
  /** Files of the examples that stand in the workspace, such as `telco-churn/telco-churn.csv`. */
  files?: readonly string[]
  width?: number
  height?: number
  colorScheme?: 'light' | 'dark'
}

/** The app as a user has it: `pipewright studio` on a folder of its own, and a browser that shows it. */
export class Studio implements AsyncDisposable {
  readonly folder: string
  readonly #browser: Browser
  readonly #context: BrowserContext
  #command: RunningCommand
  page: Page
  /** What the page said went wrong. */
  readonly complaints: string[]

  private constructor(parts: {
    folder: string
    browser: Browser
    context: BrowserContext
    command: RunningCommand
    page: Page
    complaints: string[]
  }) {
    this.folder = parts.folder
    this.#browser = parts.browser
    this.#context = parts.context
    this.#command = parts.command
    this.page = parts.page
    this.complaints = parts.complaints
  }

  static async open(options: StudioOptions): Promise<Studio> {
    const { executable, files = [], width = 1280, height = 800, colorScheme = 'light' } = options
    const folder = mkdtempSync(join(tmpdir(), 'pipewright-e2e-'))
    for (const file of files) cpSync(join(examples, file), join(folder, file.split('/').at(-1)!))
    const browser = await chromium.launch({ executablePath: executable, args: flags })
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      // Drawing a turning wheel without a graphics card takes a core.
      reducedMotion: 'reduce',
    })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const command = startStudio(folder)
    const complaints: string[] = []
    const page = await showPage({ context, address: await addressOf(command), complaints })
    return new Studio({ folder, browser, context, command, page, complaints })
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  /** Kills the app without a warning, and starts it again. */
  async crash(): Promise<void> {
    await this.page.close({ runBeforeUnload: false })
    await this.kill()
    const address = await this.startAgain()
    this.page = await showPage({ context: this.#context, address, complaints: this.complaints })
  }

  /** Kills the app and leaves the window open. */
  async kill(): Promise<void> {
    this.#command.child.kill('SIGKILL')
    await this.#command.outcome
  }

  /** Gives the new start address. */
  async startAgain(port?: string): Promise<string> {
    this.#command = startStudio(this.folder, port)
    return addressOf(this.#command)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const picture = process.env['PIPEWRIGHT_LAST_PICTURE']
    if (picture !== undefined) await this.page.screenshot({ path: picture })
    await this.#browser.close()
    this.#command.child.kill('SIGINT')
    await this.#command.outcome
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function startStudio(folder: string, port?: string): RunningCommand {
  const settings = join(folder, '.settings')
  mkdirSync(settings, { recursive: true })
  return startCommand(['studio', folder, '--no-open', ...(port === undefined ? [] : ['--port', port])], {
    command: builtInCommand,
    env: { ...process.env, PIPEWRIGHT_SETTINGS: settings },
  })
}

async function addressOf(command: RunningCommand): Promise<string> {
  await command.saw('Open http')
  const address = /Open (http\S+)/.exec(command.said())?.[1]
  if (address === undefined) throw new Error('The app said no address.')
  return address
}

async function showPage(options: {
  context: BrowserContext
  address: string
  complaints: string[]
}): Promise<Page> {
  const { context, address, complaints } = options
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  await page.goto(address)
  return page
}

import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { isAbsolute } from 'node:path'
import type { BrowserWindowConstructorOptions } from 'electron'
import type { CDPSession, Page, Route } from 'playwright-core'
import { mutated } from './mutate.ts'
import { asElectron, asWeb, control, note } from './control.ts'
import { ipcMain } from './ipc-main.ts'
import { bridgeSide, preloadWorld } from './page-worlds.ts'

const world = 'electron preload'
const post = 'electronDoublePost'

type Guard = (details: { url: string }) => { action: 'allow' | 'deny' }

/** The contents of a window: a page of Chromium, spoken to as Electron would. */
export class WebContents extends EventEmitter {
  page: Page | undefined
  #cdp: CDPSession | undefined
  #preloadContext = 0
  #waiting: string[] = []
  #isDestroyed = false
  windowOpen: Guard = () => ({ action: 'allow' })
  isProgrammatic = false

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  get mainFrame() {
    return { url: asElectron(this.page!.url()), parent: null }
  }

  setWindowOpenHandler(guard: Guard): void {
    this.windowOpen = guard
  }

  send(channel: string, ...given: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    this.#deliver(JSON.stringify({ channel, given: structuredClone(given) }))
  }

  async attach(page: Page, preload: string): Promise<void> {
    this.page = page
    const cdp = await control.context!.newCDPSession(page)
    this.#cdp = cdp
    const { frameTree } = await cdp.send('Page.getFrameTree')
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId?: string }
      if (context.name !== world || frameId !== frameTree.frame.id) return
      this.#preloadContext = context.id
      for (const text of this.#waiting.splice(0)) this.#deliver(text)
    })
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#preloadContext) this.#preloadContext = 0
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === post && executionContextId === this.#preloadContext) this.#receive(payload)
    })
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    await cdp.send('Runtime.addBinding', { name: post, executionContextName: world })
    await this.#install(preload)
    cdp.on('Page.windowOpen', ({ url }) => {
      const { action } = this.windowOpen({ url })
      note('window-open', { url, action })
    })
    page.on('popup', (popup) => void popup.close())
    page.on('close', () => {
      this.#isDestroyed = true
      this.emit('destroyed')
    })
  }

  async #install(preload: string): Promise<void> {
    const events = crypto.randomUUID()
    const source = JSON.stringify({ source: preloadSource(preload), path: preload, events, post })
    const inTop = (code: string): string => `if (window === window.top) { ${code} }`
    const add = (code: string, worldName?: string) =>
      this.#cdp!.send('Page.addScriptToEvaluateOnNewDocument', {
        source: inTop(code),
        ...(worldName !== undefined && { worldName }),
      })
    await add(`(${bridgeSide.toString()})('${events} page', '${events} preload')`)
    await add(
      `globalThis.electronDoubleBridge = ${bridgeSide.toString()}; (${preloadWorld.toString()})(${source})`,
      world,
    )
  }

  #receive(payload: string): void {
    const message = JSON.parse(payload) as
      | { kind: 'send'; channel: string; given: unknown[] }
      | { kind: 'preload-error'; problem: string }
    if (message.kind === 'preload-error') return note('preload-error', message.problem)
    const event = { sender: this, senderFrame: this.mainFrame }
    if (!ipcMain.emit(message.channel, event, ...message.given)) note('nobody-listens', message.channel)
  }

  #deliver(text: string): void {
    if (this.#preloadContext === 0) return void this.#waiting.push(text)
    const expression = `electronDoubleDeliver(${JSON.stringify(text)})`
    this.#cdp!
      .send('Runtime.evaluate', { contextId: this.#preloadContext, expression })
      .catch((error: unknown) => note('not-delivered', String(error)))
  }
}

/** What is built is there as it is; of the sources it is the `.cts` of the same name. */
function preloadSource(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8')
  const source = path.replace(/\.cjs$/, '.cts')
  if (existsSync(source)) return stripTypeScriptTypes(mutated(source, readFileSync(source, 'utf8')))
  note('preload-error', `there is no ${path}`)
  return ''
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: BrowserWindowConstructorOptions
  readonly #opened: Promise<void>
  isShown: boolean
  #bounds = { x: 10, y: 20, width: 1000, height: 700 }

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    if (!control.isReady) throw new Error('Cannot create BrowserWindow before app is ready')
    const { preload, ...preferences } = options.webPreferences ?? {}
    const isClosed =
      preferences.contextIsolation !== false &&
      preferences.sandbox === true &&
      !preferences.nodeIntegration &&
      preferences.webSecurity !== false
    if (!isClosed) throw new Error(`The double opens closed windows alone: ${JSON.stringify(preferences)}`)
    if (preload === undefined || !isAbsolute(preload)) throw new Error('preload must be an absolute path')
    this.options = options
    this.isShown = options.show !== false
    control.windows.push(this)
    this.#opened = this.#open(preload)
    this.#opened.catch((error: unknown) => note('not-opened', String(error)))
  }

  async #open(preload: string): Promise<void> {
    const page = await control.context!.newPage()
    await this.webContents.attach(page, preload)
    await page.route('**/*', (route) => this.#answer(route))
    page.on('load', () => this.emit('ready-to-show'))
    page.on('close', () => {
      this.emit('closed')
      control.windows = control.windows.filter((window) => window !== this)
      if (control.windows.length === 0) control.onAllClosed()
    })
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    const url = asElectron(request.url())
    const isMain = request.isNavigationRequest() && request.frame() === this.webContents.page!.mainFrame()
    if (isMain && !this.webContents.isProgrammatic && this.#isPrevented(url)) return route.abort('aborted')
    const handler = control.handlers.get(url.split(':')[0]!)
    if (!handler) {
      note('network', url)
      return route.abort('blockedbyclient')
    }
    const asked = new Request('https://double/', { method: request.method() })
    // Node's own refuses the scheme of an app.
    Object.defineProperty(asked, 'url', { value: url })
    const response = await handler(asked)
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }

  #isPrevented(url: string): boolean {
    let prevented = false
    this.webContents.emit('will-navigate', { url, preventDefault: () => (prevented = true) })
    note('will-navigate', { url, prevented })
    return prevented
  }

  async loadURL(url: string): Promise<void> {
    await this.#opened
    this.webContents.isProgrammatic = true
    try {
      await this.webContents.page!.goto(asWeb(url))
    } finally {
      this.webContents.isProgrammatic = false
    }
  }

  show(): void {
    this.isShown = true
    this.emit('show')
  }
  hide(): void {
    this.isShown = false
  }
  focus(): void {
    note('focus')
  }
  restore(): void {}
  maximize(): void {}
  isMinimized(): boolean {
    return false
  }
  isMaximized(): boolean {
    return false
  }
  getNormalBounds() {
    return this.#bounds
  }
  close(): void {
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (!prevented) void this.webContents.page!.close()
  }
  destroy(): void {
    void this.webContents.page!.close()
  }
}

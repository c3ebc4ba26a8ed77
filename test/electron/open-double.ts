import type { IpcMainEvent } from 'electron'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { bridgeChannels } from '../../src/contract/bridge.ts'
import type { Driver } from './driver.ts'
import { control } from './double/control.ts'
import { ipcMain } from './double/ipc-main.ts'

const patienceMs = 20_000

/** The app's own main script under the double, in this process. Rejects where no window comes up. */
export async function openDouble(options: {
  /** The address of the browser that shows its pages. */
  browser: string
  folder: string
  /** How long the page may take. */
  readyMs: number
}): Promise<Driver> {
  const { folder, readyMs } = options
  const browser = await chromium.connect(options.browser)
  control.context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  mkdirSync(join(control.userData, 'documents'), { recursive: true })
  process.argv = [process.argv[0]!, 'main.ts', folder]
  const { app } = await import('./double/electron.ts')
  await import(process.env['ELECTRON_MAIN'] ?? '../../electron/main.ts')
  const page = await firstPage()
  await ready(page, readyMs)
  const window = control.windows[0]!
  const { webContents } = window
  return {
    page,
    folder,
    userData: control.userData,
    click: async (id) => control.menu!.find(id)!.click!({} as never, undefined, {}),
    answer: async (answer) => void control.answers.push(answer),
    startAgain: async (argv) => void app.emit('second-instance', {}, argv, folder),
    speakAs: async (url, message) => {
      const senderFrame = { url, parent: null }
      const event = { sender: webContents, senderFrame } as unknown as IpcMainEvent
      ipcMain.emit(bridgeChannels.toMain, event, JSON.stringify(message))
    },
    asksFor: async (permission) => {
      const handler = control.permission.request as (
        contents: unknown,
        permission: string,
        answer: (isAllowed: boolean) => void,
      ) => void
      return new Promise((resolve) => handler(webContents, permission, resolve))
    },
    notes: (what) => control.log.filter((entry) => entry.what === what).map(({ detail }) => detail),
    isShown: () => window.isShown,
    closeWindow: () => window.close(),
    tray: () => control.tray?.toolTip ?? null,
    clickTray: () => void control.tray!.emit('click'),
    clickNotification: () => void control.notification!.emit('click'),
    async close() {
      window.close()
      const until = Date.now() + patienceMs
      while (!control.log.some(({ what }) => what === 'quit') && Date.now() < until) await sleep(20)
      await browser.close()
    },
  }
}

/** Gives up at once where the page, or its preload script, has failed. */
async function ready(page: Page, readyMs: number): Promise<void> {
  const failed = new Promise<never>((_, reject) => page.once('pageerror', reject))
  const isThere = page.waitForSelector('body[data-ready=yes]', { timeout: readyMs, state: 'attached' })
  await Promise.race([isThere, failed])
  const problem = control.log.find(({ what }) => what === 'preload-error')
  if (problem) throw new Error(String(problem.detail))
}

async function firstPage(): Promise<Page> {
  const until = Date.now() + patienceMs
  while (Date.now() < until) {
    const page = control.windows[0]?.webContents.page
    if (page) return page
    const problem = control.log.find(({ what }) => what === 'error-box' || what === 'not-opened')
    if (problem) throw new Error(String(problem.detail))
    await sleep(20)
  }
  throw new Error('no window was opened')
}

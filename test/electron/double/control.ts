import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import type { BrowserWindow } from './browser-window.ts'
import type { Menu } from './menu.ts'
import type { Notification } from './notification.ts'
import type { Tray } from './tray.ts'

export type Handler = (request: Request) => Response | Promise<Response>

/** What tests see and steer of the double. */
export const control = {
  context: undefined as BrowserContext | undefined,
  isReady: false,
  userData: mkdtempSync(join(tmpdir(), 'pipewright-electron-')),
  windows: [] as BrowserWindow[],
  menu: null as Menu | null,
  tray: null as Tray | null,
  /** The newest. */
  notification: null as Notification | null,
  privileged: new Map<string, { standard?: boolean; secure?: boolean; supportFetchAPI?: boolean }>(),
  handlers: new Map<string, Handler>(),
  /** What dialogs are to answer, in order. */
  answers: [] as object[],
  permission: { request: null as unknown, check: null as unknown },
  onAllClosed: (): void => {},
  log: [] as { what: string; detail: unknown }[],
}

export function note(what: string, detail?: unknown): void {
  control.log.push({ what, detail })
}

/** Chromium knows no scheme of an app's own: `app://pipewright/x` is `https://pipewright.app.double/x` in it. */
export function asWeb(url: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(.*)$/i.exec(url) ?? []
  return scheme !== undefined && control.handlers.has(scheme)
    ? `https://${host}.${scheme}.double${rest || '/'}`
    : url
}

export function asElectron(url: string): string {
  return url.replace(/^https:\/\/([^/]*)\.([a-z0-9+-]+)\.double/, '$2://$1')
}

/** An object that says so when it is asked for what it does not have. */
export function strict<Api extends object>(name: string, api: Api): Api {
  return new Proxy(api, {
    get(target, key) {
      if (!(key in target) && typeof key === 'string' && key !== 'then')
        throw new TypeError(`${name}.${key} is not in the double of Electron`)
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { CustomScheme } from 'electron'
import { BrowserWindow as Window } from './browser-window.ts'
import { control, note, strict, type Handler } from './control.ts'
import { ipcMain as ipc } from './ipc-main.ts'
import { Menu as MenuDouble } from './menu.ts'
import { Notification as NotificationDouble } from './notification.ts'
import { Tray as TrayDouble } from './tray.ts'

/*
 * As much of Electron's main process as the app uses, over a Chromium. What is not here throws.
 */

const events = new EventEmitter()
let becomeReady: (() => void) | undefined
const ready = new Promise<void>((resolve) => (becomeReady = resolve))

const appApi = Object.assign(events, {
  isPackaged: false,
  enableSandbox: () => note('sandbox'),
  requestSingleInstanceLock: () => true,
  whenReady: () => {
    setTimeout(() => {
      control.isReady = true
      becomeReady!()
    })
    return ready
  },
  getPath: (name: string) => join(control.userData, name === 'userData' ? '' : name),
  addRecentDocument: (path: string) => note('recent', path),
  relaunch: () => note('relaunch'),
  exit: (code: number) => note('exit', code),
  quit: () => {
    let prevented = false
    events.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) note('quit')
  },
})
control.onAllClosed = () => void events.emit('window-all-closed')

function fromQueue(what: string) {
  return async (...given: unknown[]): Promise<object> => {
    note(what, given.at(-1))
    const answer = control.answers.shift()
    if (!answer) throw new Error(`${what} was called, and there is no answer for it`)
    return answer
  }
}

export const app = strict('app', appApi)
export const ipcMain = ipc
export const BrowserWindow = Window
export const Menu = MenuDouble
export const Tray = TrayDouble
export const Notification = NotificationDouble
export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false }
export const screen = strict('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
})
export const dialog = strict('dialog', {
  showOpenDialog: fromQueue('showOpenDialog'),
  showSaveDialog: fromQueue('showSaveDialog'),
  showMessageBox: fromQueue('showMessageBox'),
  showErrorBox: (title: string, content: string) => note('error-box', `${title} ${content}`),
})
/** Only so far from plain text that a test can tell. */
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => control.isReady,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => swapped(Buffer.from(text)),
  decryptString: (bytes: Buffer) => swapped(bytes).toString(),
})
export const session = {
  defaultSession: strict('defaultSession', {
    setPermissionRequestHandler: (handler: unknown) => (control.permission.request = handler),
    setPermissionCheckHandler: (handler: unknown) => (control.permission.check = handler),
  }),
}
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (control.isReady) throw new Error('registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of schemes) control.privileged.set(scheme, privileges ?? {})
  },
  handle(scheme: string, handler: Handler): void {
    const { standard, secure, supportFetchAPI } = control.privileged.get(scheme) ?? {}
    if (!standard || !secure || !supportFetchAPI) throw new Error(`${scheme} is no privileged scheme`)
    control.handlers.set(scheme, handler)
  },
})
export const utilityProcess = strict('utilityProcess', {
  fork(entry: string, given: readonly string[], options: { env?: NodeJS.ProcessEnv } = {}) {
    const child = fork(join(import.meta.dirname, 'utility.ts'), [entry, ...given], {
      execArgv: [],
      ...(options.env && { env: options.env }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    return Object.assign(new EventEmitter(), {
      pid: child.pid,
      stdout: child.stdout,
      stderr: child.stderr,
      postMessage: (message: object) => void (child.connected && child.send(message)),
      kill: () => child.kill(),
      on: (event: string, listener: (...given: unknown[]) => void) => void child.on(event, listener),
      once: (event: string, listener: (...given: unknown[]) => void) => void child.once(event, listener),
    })
  },
})

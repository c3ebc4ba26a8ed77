import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { appOrigin, isAppUrl } from './app-origin.ts'
import { placeOf, type WindowStates } from './window-state.ts'

/** The one window, with everything shut that a page could leave by. */
export function createAppWindow(options: { preload: string; states: WindowStates }): BrowserWindow {
  const { preload, states } = options
  const state = states.read()
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...placeOf(state, areas),
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Pipewright',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#fbfbfa',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  const { webContents } = window
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  window.once('ready-to-show', () => {
    if (state.isMaximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds()
    states.keep({ x, y, width, height, isMaximized: window.isMaximized() })
  })
  return window
}

export async function showApp(window: BrowserWindow): Promise<void> {
  await window.loadURL(`${appOrigin}/index.html`)
}

/** The preload script beside the built main script. */
export const preloadPath = join(import.meta.dirname, 'preload', 'preload.cjs')

import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { app, dialog, nativeTheme, protocol, session, type BrowserWindow } from 'electron'
import { reportOf } from '../src/core/errors.ts'
import type { Host } from '../src/hosts/host.ts'
import { openLastingHost } from '../src/hosts/open-lasting-host.ts'
import { joinPorts } from '../src/hosts/transport/join-ports.ts'
import { appComposition } from './app-composition.ts'
import { appScheme } from './app-origin.ts'
import { createAppWindow, preloadPath, showApp } from './app-window.ts'
import { choosePath } from './choose-path.ts'
import { showDesktopAlerts } from './desktop-alerts.ts'
import { activeWork, askToLeave, sentencesOf } from './leave-guard.ts'
import { setMenu } from './menu.ts'
import { commandLineWords, pathArguments } from './path-arguments.ts'
import { serveApp } from './serve-app.ts'
import { showTray } from './tray.ts'
import { openWindowPipe, type WindowPipe } from './window-port.ts'
import { openWindowStates, type WindowStates } from './window-state.ts'

// Chromium wants to know the scheme before it starts.
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
app.enableSandbox()

/** What is to be opened once the page listens. */
const pendingPaths: string[] = []
let open: { host: Host; window: BrowserWindow; pipe: WindowPipe; isReady: boolean } | undefined

const words = commandLineWords(process.argv, app.isPackaged)
if (words) failing(() => runCommand(words))
else if (app.requestSingleInstanceLock()) failing(start)
else app.quit()

/** The installed app is the command line as well: `Pipewright cli run FILE`, without a window. */
async function runCommand(argv: readonly string[]): Promise<void> {
  await app.whenReady()
  const { runCommandLine } = await import('../src/hosts/cli/run-command-line.ts')
  await runCommandLine({ composition: appComposition, argv })
}

async function start(): Promise<void> {
  app.on('second-instance', (_, argv, cwd) => {
    for (const path of pathArguments(argv, { isPackaged: app.isPackaged, cwd })) openPath(path)
    if (open?.window.isMinimized()) open.window.restore()
    open?.window.show()
    open?.window.focus()
  })
  // A click on the dock of macOS, where a hidden window leaves its icon.
  app.on('activate', () => open?.window.show())
  // macOS tells of files in this way, also before it is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openPath(path)
  })
  app.on('window-all-closed', () => app.quit())
  await app.whenReady()
  const given = pathArguments(process.argv, { isPackaged: app.isPackaged, cwd: process.cwd() })
  const states = openWindowStates(join(app.getPath('userData'), 'window.json'))
  const folder = workspaceFolder(given.find(isFolder) ?? states.read().folder)
  pendingPaths.push(...given.filter((path) => !isFolder(path)))
  const host = await openLastingHost(
    {
      folder,
      composition: appComposition,
      shared: true,
      signal: new AbortController().signal,
    },
    async ({ client }) => void (await client.deployments.resume()),
  )
  states.keep({ folder })
  await host.client.deployments.resume()
  await openWindow({ host, states })
}

async function openWindow({ host, states }: { host: Host; states: WindowStates }): Promise<void> {
  const { settings } = await host.client.settings.get()
  nativeTheme.themeSource = settings.theme
  protocol.handle(
    appScheme,
    serveApp({ folder: appComposition.renderer, theme: () => nativeTheme.themeSource }),
  )
  session.defaultSession.setPermissionRequestHandler((_, permission, answer) =>
    answer(isHarmless(permission)),
  )
  session.defaultSession.setPermissionCheckHandler((_, permission) => isHarmless(permission))
  const window = createAppWindow({ preload: preloadPath, states })
  const pipe = openWindowPipe(window)
  open = { host, window, pipe, isReady: false }
  pipe.onPort((port) => failing(async () => joinPorts(port, await host.openPort())))
  pipe.onMessage((message) => {
    switch (message.kind) {
      case 'ready':
        open!.isReady = true
        for (const path of pendingPaths.splice(0)) openPath(path)
        return
      case 'choose': {
        const { id, what, name } = message
        return failing(async () => {
          const path = await choosePath(window, { what, name, folder: host.paths.folder })
          if (path !== null) grant(host, path)
          pipe.send({ kind: 'chosen', id, path })
        })
      }
      case 'dropped':
        for (const path of message.paths) openPath(path)
    }
  })
  setMenu({
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
    onCommand: (command) => pipe.send({ kind: 'command', command }),
    onOpenFolder: () => failing(() => changeFolder({ window, host, states })),
  })
  const leaving = new AbortController()
  const alerting = showDesktopAlerts(host.client, { signal: leaving.signal, onClick: () => window.show() })
  // Without them the app works on; that the host is gone is told elsewhere.
  alerting.catch((error: unknown) => leaving.signal.aborted || host.log.error(error, 'notifications'))
  window.once('closed', () => leaving.abort())
  guardLeaving({ window, host })
  await showApp(window)
}

/** What a page may use: it may put text on the clipboard, and nothing else. */
const isHarmless = (permission: string): boolean => permission === 'clipboard-sanitized-write'

/** A file the user has chosen outside of the page: it may be read from now on, and so may what lies beside it. */
function openPath(path: string): void {
  if (!open?.isReady) {
    pendingPaths.push(path)
    return
  }
  grant(open.host, path)
  if (path.endsWith('.pipeline.json')) app.addRecentDocument(path)
  open.pipe.send({ kind: 'command', command: 'open-path', path })
}

function grant(host: Host, path: string): void {
  host.openedFolders.add(isFolder(path) ? path : dirname(path))
}

/** Another workspace is another start: one process, one host. */
async function changeFolder(parts: {
  window: BrowserWindow
  host: Host
  states: WindowStates
}): Promise<void> {
  const { window, host, states } = parts
  const folder = await choosePath(window, { what: 'folder', name: undefined, folder: host.paths.folder })
  if (folder === null || folder === host.paths.folder) return
  if ((await askToLeave(window, host.client)) !== 'leave') return
  states.keep({ folder })
  app.relaunch({ args: process.argv.slice(1).filter((argument) => !existsSync(argument) || !app.isPackaged) })
  window.destroy()
}

/** The window closes, and the app ends, once the host has been closed. */
function guardLeaving({ window, host }: { window: BrowserWindow; host: Host }): void {
  let isLeaving = false
  const leave = (): void => {
    isLeaving = true
    window.close()
  }
  window.on('close', (event) => {
    if (isLeaving) return
    event.preventDefault()
    failing(async () => {
      const wish = await askToLeave(window, host.client)
      if (wish === 'leave') leave()
      if (wish === 'hide') await hideInTray({ window, host, onQuit: leave })
    })
  })
  let isClosed = false
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    failing(async () => {
      await host.close({ hurry: AbortSignal.abort() })
      isClosed = true
      app.quit()
    })
  })
}

/** The window is there again when the icon is clicked, or the app is started a second time. */
async function hideInTray(parts: { window: BrowserWindow; host: Host; onQuit: () => void }): Promise<void> {
  const { window, host, onQuit } = parts
  const removeTray = showTray({
    icon: join(appComposition.renderer, 'tray.png'),
    work: sentencesOf(await activeWork(host.client)),
    onShow: () => window.show(),
    onQuit,
  })
  window.once('show', removeTray)
  window.once('closed', removeTray)
  window.hide()
}

/** The folder that was named, or open last, else one in the user's documents. */
function workspaceFolder(wanted: string | null): string {
  if (wanted !== null && isFolder(wanted)) return wanted
  const folder = join(app.getPath('documents'), 'Pipewright')
  mkdirSync(folder, { recursive: true })
  return folder
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Tells of what goes wrong in work that nobody waits for. */
function failing(work: () => Promise<void>): void {
  work().catch(fail)
}

function fail(error: unknown): void {
  open?.host.log.error(error, 'app')
  const { message, remedy } = reportOf(error)
  dialog.showErrorBox(message, remedy)
  if (!open) app.exit(1)
}

import type { Fault } from './double/mutate.ts'
import { endpointSpec } from './specs.ts'

/** The spec that a fault breaks, where it is not that there is no window at all. */
export interface SeededFault extends Fault {
  breaks: string
}

const noWindow = 'opens its window'
const noCalls = 'carries calls to the host of the workspace, and errors back'

/** Mistakes that are easily made around a page, and would be seen in Electron alone. Each must break a spec. */
export const faults: readonly SeededFault[] = [
  {
    name: 'a channel that nobody listens on',
    breaks: noCalls,
    file: 'preload.cts',
    from: "ipcRenderer.send('pipewright:to-main', text)",
    to: "ipcRenderer.send('pipewright:main', text)",
  },
  {
    name: 'a preload script that is an ES module',
    breaks: noWindow,
    file: 'preload.cts',
    from: "const { contextBridge, ipcRenderer, webUtils } = require('electron') as typeof import('electron')",
    to: "import { contextBridge, ipcRenderer, webUtils } from 'electron'",
  },
  {
    name: 'Node in the preload script',
    breaks: noWindow,
    file: 'preload.cts',
    from: 'contextBridge.exposeInMainWorld(',
    to: "require('node:fs')\ncontextBridge.exposeInMainWorld(",
  },
  {
    name: 'another name of the bridge',
    breaks: noWindow,
    file: 'preload.cts',
    from: "exposeInMainWorld('pipewright'",
    to: "exposeInMainWorld('pipeWright'",
  },
  {
    name: 'a function over IPC',
    breaks: noWindow,
    file: 'preload.cts',
    from: "ipcRenderer.send('pipewright:to-main', text)",
    to: "ipcRenderer.send('pipewright:to-main', text, () => {})",
  },
  {
    name: 'more than a pipe in the page',
    breaks: 'gives the page a pipe and nothing else',
    file: 'preload.cts',
    from: '  onMessage: (listener',
    to: '  invoke: (channel: string): void => ipcRenderer.send(channel),\n  onMessage: (listener',
  },
  {
    name: 'an inverted check of the sender',
    breaks: noCalls,
    file: 'window-port.ts',
    from: '!isOurPage(event)',
    to: 'isOurPage(event)',
  },
  {
    name: 'no check of the sender',
    breaks: 'listens to its own page alone',
    file: 'window-port.ts',
    from: ' || !isOurPage(event)',
    to: '',
  },
  {
    name: 'no content security policy',
    breaks: 'runs no script and loads no file but its own',
    file: 'security-headers.ts',
    from: "'content-security-policy': contentSecurityPolicy,",
    to: '',
  },
  {
    name: 'a content security policy that is too strict',
    breaks: noWindow,
    file: 'security-headers.ts',
    from: `"script-src 'self'"`,
    to: `"script-src 'none'"`,
  },
  {
    name: 'no guard of navigation',
    breaks: 'does not leave its page',
    file: 'app-window.ts',
    from: 'if (!isAppUrl(event.url)) event.preventDefault()',
    to: '',
  },
  {
    name: 'no guard of new windows',
    breaks: 'opens no window',
    file: 'app-window.ts',
    from: "setWindowOpenHandler(() => ({ action: 'deny' }))",
    to: "setWindowOpenHandler(() => ({ action: 'allow' }))",
  },
  {
    name: 'no sandbox',
    breaks: noWindow,
    file: 'app-window.ts',
    from: 'sandbox: true',
    to: 'sandbox: false',
  },
  {
    name: 'a scheme that is registered late',
    breaks: noWindow,
    file: 'main.ts',
    from: '  await app.whenReady()\n  const given',
    to: '  await app.whenReady()\n  protocol.registerSchemesAsPrivileged([])\n  const given',
  },
  {
    name: 'a wrong path of the preload script',
    breaks: noWindow,
    file: 'app-window.ts',
    from: "'preload', 'preload.cjs'",
    to: "'preload.cjs'",
  },
  {
    name: 'a role that no menu has',
    breaks: noWindow,
    file: 'menu.ts',
    from: "role('selectAll')",
    to: "role('select-all' as 'selectAll')",
  },
  {
    name: 'an API that Electron does not have',
    breaks: noWindow,
    file: 'main.ts',
    from: 'app.enableSandbox()',
    to: ';(app as unknown as { sandboxAll(): void }).sandboxAll()',
  },
  {
    name: 'every permission for the page',
    breaks: 'grants a page nothing but the clipboard',
    file: 'main.ts',
    from: "permission === 'clipboard-sanitized-write'",
    to: "permission !== ''",
  },
  {
    name: 'a page that is never shown',
    breaks: 'shows its page once it is drawn, in the theme of the settings',
    file: 'app-window.ts',
    from: "window.once('ready-to-show'",
    to: "window.once('ready-to-be-shown' as 'ready-to-show'",
  },
  {
    name: 'endpoints that nobody starts again',
    breaks: endpointSpec,
    file: 'main.ts',
    from: '  await host.client.deployments.resume()\n',
    to: '',
  },
]

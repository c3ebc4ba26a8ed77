// Sandboxed: one file of CommonJS that knows nothing but these three. The names are those of src/contract/bridge.ts.
// oxlint-disable-next-line typescript/consistent-type-imports -- CommonJS has no other way
const { contextBridge, ipcRenderer, webUtils } = require('electron') as typeof import('electron')

contextBridge.exposeInMainWorld('pipewright', {
  send: (text: string): void => ipcRenderer.send('pipewright:to-main', text),
  onMessage: (listener: (text: string) => void): void => {
    ipcRenderer.on('pipewright:to-window', (_event, text: string) => listener(text))
  },
})

// Where a file lies that is dragged onto the window, a page cannot find out.
window.addEventListener(
  'drop',
  (event) => {
    const files = Array.from(event.dataTransfer?.files ?? [])
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')
    if (paths.length > 0) ipcRenderer.send('pipewright:to-main', JSON.stringify({ kind: 'dropped', paths }))
  },
  true,
)

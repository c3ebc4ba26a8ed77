import { EventEmitter } from 'node:events'
import { ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron'
import { bridgeChannels, toMainSchema, type ToMain, type ToWindow } from '../src/contract/bridge.ts'
import type { Port } from '../src/hosts/transport/port.ts'
import { isAppUrl } from './app-origin.ts'

/** The pipe to the page of a window. */
export interface WindowPipe {
  send(message: ToWindow): void
  /** What the page says, but for calls of the contract. */
  onMessage(listener: (message: Exclude<ToMain, { kind: 'rpc' }>) => void): void
  /** Calls of the page that is loaded now; those of the one before have ended. */
  onPort(listener: (port: Port) => void): void
}

/** Listens to the page of our own in the main frame of this window, and to nobody else. */
export function openWindowPipe(window: BrowserWindow): WindowPipe {
  const { webContents } = window
  const said = new EventEmitter()
  let port: WindowPort | undefined
  const send = (message: ToWindow): void => {
    if (!webContents.isDestroyed()) webContents.send(bridgeChannels.toWindow, JSON.stringify(message))
  }
  const listener = (event: IpcMainEvent, text: unknown): void => {
    if (event.sender !== webContents || !isOurPage(event)) return
    const message = parse(text)
    if (!message) return
    if (message.kind === 'rpc') {
      port?.receive(message.text)
      return
    }
    if (message.kind === 'ready') {
      port?.close()
      port = new WindowPort((text) => send({ kind: 'rpc', text }))
      said.emit('port', port)
    }
    said.emit('message', message)
  }
  ipcMain.on(bridgeChannels.toMain, listener)
  webContents.once('destroyed', () => {
    ipcMain.off(bridgeChannels.toMain, listener)
    port?.close()
  })
  return {
    send,
    onMessage: (told) => void said.on('message', told),
    onPort: (told) => void said.on('port', told),
  }
}

function isOurPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isAppUrl(senderFrame.url)
}

function parse(text: unknown): ToMain | null {
  try {
    return toMainSchema.parse(JSON.parse(String(text)))
  } catch {
    return null
  }
}

class WindowPort extends EventEmitter implements Port {
  readonly #send: (text: string) => void
  #isOpen = true

  constructor(send: (text: string) => void) {
    super()
    this.#send = send
  }

  receive(text: string): void {
    if (this.#isOpen) this.emit('message', { data: text })
  }

  postMessage(text: string): void {
    if (this.#isOpen) this.#send(text)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.emit('close')
  }
}

import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import type { Port } from '../transport/port.ts'

/** What a page that does not read may leave here before the connection is given up. */
const longestBacklog = 256 * 1024 * 1024
const pingMs = 30_000

/** A port over a WebSocket: a text is a message. */
export function portOverWebSocket(socket: WebSocket): Port {
  return new WebSocketPort(socket)
}

class WebSocketPort extends EventEmitter implements Port {
  readonly #socket: WebSocket

  constructor(socket: WebSocket) {
    super()
    this.#socket = socket
    let isAlive = true
    const heartbeat = setInterval(() => {
      if (!isAlive) return socket.terminate()
      isAlive = false
      socket.ping()
    }, pingMs).unref()
    socket.on('pong', () => (isAlive = true))
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      isAlive = true
      // Large data never rides in a message: whoever sends bytes does not speak the contract.
      if (isBinary) return socket.close(1003)
      this.emit('message', { data: data.toString('utf8') })
    })
    socket.on('close', () => {
      clearInterval(heartbeat)
      this.emit('close')
    })
    // A broken connection also closes; there is nothing else to do about it.
    socket.on('error', () => {})
  }

  postMessage(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#socket.send(text)
    if (this.#socket.bufferedAmount > longestBacklog) this.#socket.terminate()
  }

  close(): void {
    this.#socket.close(1001)
  }
}

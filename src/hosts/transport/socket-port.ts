import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import type { Port } from './port.ts'

/** A pipeline of the largest size fits several times. */
const longestMessage = 64 * 1024 * 1024
/** What a reader that does not read may leave here before the connection is given up. */
const longestBacklog = 256 * 1024 * 1024

/** A port over a socket: a text is a line, which JSON always fits on. */
export function portOverSocket(socket: Socket): Port {
  return new SocketPort(socket)
}

class SocketPort extends EventEmitter implements Port {
  readonly #socket: Socket
  #pieces: string[] = []
  #length = 0

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => this.#read(text))
    socket.on('close', () => this.emit('close'))
    // A reset connection also closes; there is nothing else to do about it.
    socket.on('error', () => {})
  }

  postMessage(text: string): void {
    this.#socket.write(`${text}\n`)
    if (this.#socket.writableLength > longestBacklog) this.#socket.destroy()
  }

  /** What was posted before still arrives. */
  close(): void {
    this.#socket.end()
  }

  #read(text: string): void {
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#pieces.push(text.slice(start, end))
      const line = this.#pieces.join('')
      this.#pieces = []
      this.#length = 0
      start = end + 1
      this.emit('message', { data: line })
    }
    if (start === text.length) return
    this.#pieces.push(text.slice(start))
    this.#length += text.length - start
    if (this.#length > longestMessage) this.#socket.destroy()
  }
}

import { EventEmitter } from 'node:events'

/**
 * One end of a connection that carries whole texts in order, shaped as oRPC's message port adapters and Electron's
 * `MessagePortMain` have it: every transport of the contract looks like this. Emits `message` with `{ data }` and,
 * once, `close`.
 */
export interface Port {
  postMessage(text: string): void
  on(event: string, listener: (event?: { data: string }) => void): unknown
  once(event: string, listener: (event?: { data: string }) => void): unknown
  close(): void
}

/** Two ends in one process. Only texts pass, so nothing can be shared that would not survive a wire. */
export function createPortPair(): [Port, Port] {
  const pair: [MemoryPort, MemoryPort] = [new MemoryPort(), new MemoryPort()]
  pair[0].other = pair[1]
  pair[1].other = pair[0]
  return pair
}

class MemoryPort extends EventEmitter implements Port {
  other: MemoryPort | undefined

  postMessage(text: string): void {
    const { other } = this
    queueMicrotask(() => other?.emit('message', { data: text }))
  }

  close(): void {
    const { other } = this
    if (!other) return
    this.other = undefined
    other.other = undefined
    queueMicrotask(() => {
      this.emit('close')
      other.emit('close')
    })
  }
}

/** A step worker's line to its host. */
export interface HostChannel {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** The channel of a process made by `child_process.fork`. The process ends when its host is gone. */
export function parentChannel(): HostChannel {
  // Ctrl-C in a terminal reaches every process of the group; it is the host that cancels.
  process.on('SIGINT', () => {})
  process.on('disconnect', () => process.exit(0))
  return {
    send: (message) => void (process.connected && process.send!(message, undefined, undefined, () => {})),
    onMessage: (listener) => void process.on('message', listener),
  }
}

/** A step worker's line to its host. */
export interface HostChannel {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** What Electron gives a utility process, instead of Node's own channel. */
interface UtilityPort {
  postMessage(message: unknown, transfer: []): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/**
 * The channel of a process made by `child_process.fork`, or by Electron's `utilityProcess.fork`. The process ends when
 * its host is gone, or does what it has to do before.
 */
export function parentChannel({
  onHostGone = (): void => process.exit(0),
}: { onHostGone?: () => void } = {}): HostChannel {
  // Ctrl-C in a terminal reaches every process of the group; it is the host that cancels.
  process.on('SIGINT', () => {})
  const { parentPort } = process as { parentPort?: UtilityPort }
  if (parentPort)
    return {
      send: (message) => parentPort.postMessage(message, []),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    }
  process.on('disconnect', onHostGone)
  // A host that was ended while this process was still loading is not told of any more.
  if (!process.connected) setImmediate(onHostGone)
  return {
    send: (message) => void (process.connected && process.send!(message, undefined, undefined, () => {})),
    onMessage: (listener) => void process.on('message', listener),
  }
}

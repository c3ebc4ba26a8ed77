import type { HostOptions } from './become-host.ts'
import type { Host } from './host.ts'
import { openHost } from './open-host.ts'

/**
 * A host that outlives the process which is the host: when that ends, this one takes the workspace in its place, or
 * attaches to whoever did. `onRenewed` is told of it before anybody is served by it.
 */
export async function openLastingHost(
  options: HostOptions,
  onRenewed: (host: Host) => Promise<void>,
): Promise<Host> {
  const first = await openHost(options)
  let current = first
  /** Settles when there is one to speak to. */
  let ready = Promise.resolve(first)
  let isClosing = false
  const renew = async (): Promise<Host> => {
    current = await openHost(options)
    watch()
    await onRenewed(current)
    return current
  }
  const takeOver = async (): Promise<void> => {
    await current.gone
    if (isClosing) return
    ready = renew()
    ready.catch((error: unknown) => first.log.error(error, 'taking over the workspace'))
  }
  const watch = (): void => void takeOver()
  watch()
  return {
    get client() {
      return current.client
    },
    openPort: async () => (await ready).openPort(),
    gone: new Promise(() => {}),
    get role() {
      return current.role
    },
    get hostPid() {
      return current.hostPid
    },
    paths: first.paths,
    get openedFolders() {
      return current.openedFolders
    },
    log: first.log,
    async close(closing) {
      isClosing = true
      await ready.catch(() => undefined)
      await current.close(closing)
    },
  }
}

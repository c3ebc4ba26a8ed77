import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '../contract/create-client.ts'
import { workspacePaths, type WorkspacePaths } from '../storage/workspace-paths.ts'
import { becomeHost, type HostOptions } from './become-host.ts'
import { hostError } from './errors.ts'
import { tokenFileOf, type Host } from './host.ts'
import { openLog } from './log.ts'
import { connectToSocket, openSocketPort } from './transport/connect-to-socket.ts'

/** How long a holder of the lock may take to answer: it may be starting, or about to end. */
const patienceMs = 30_000
const retryMs = 50

/** Becomes the host of a workspace, or attaches to the one it has. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { folder, signal } = options
  const started = Date.now()
  for (;;) {
    const host = await becomeHost(options)
    if ('client' in host) return host
    const attached = await attach(workspacePaths(folder))
    if (attached) return attached
    if (Date.now() - started > patienceMs)
      throw hostError('unreachable', { folder, pid: host.heldBy.pid ?? '?' })
    signal.throwIfAborted()
    await sleep(retryMs)
  }
}

async function attach(paths: WorkspacePaths): Promise<Host | null> {
  const way = { socket: paths.socket, tokenFile: tokenFileOf(paths) }
  const connection = await connectToSocket(way)
  if (!connection) return null
  return {
    client: createClient(connection),
    async openPort() {
      const answer = await openSocketPort(way)
      if (!answer) throw hostError('lost', { pid: connection.hostPid })
      return answer.port
    },
    openedFolders: new Set(),
    gone: connection.closed,
    role: 'attached',
    hostPid: connection.hostPid,
    paths,
    log: openLog(paths.logs),
    async close() {
      connection.close()
      await connection.closed
    },
  }
}

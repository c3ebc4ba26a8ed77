import { randomBytes } from 'node:crypto'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { version } from '../version.ts'
import type { ContractServer, ServedConnection } from './contract-server.ts'
import { answerHello, handshakeTimeoutMs } from './handshake.ts'
import { portOverSocket } from './socket-port.ts'

export interface SocketListener {
  readonly connections: ReadonlySet<ServedConnection>
  /** Takes no more connections; those that are served go on. */
  stopListening(): void
}

/**
 * Serves the contract on a local socket (a Unix socket, a named pipe on Windows) to processes of this user: the
 * socket and the token file are readable for nobody else. Call it as the holder of the workspace lock only, for it
 * replaces what a dead host left.
 */
export async function listenOnSocket(options: {
  server: ContractServer
  socket: string
  tokenFile: string
}): Promise<SocketListener> {
  const { server, socket: path, tokenFile } = options
  const token = randomBytes(32).toString('hex')
  const connections = new Set<ServedConnection>()
  const unknown = new Set<Socket>()
  const listener = createServer((socket) => {
    unknown.add(socket)
    const end = setTimeout(() => socket.destroy(), handshakeTimeoutMs)
    const port = portOverSocket(socket)
    port.once('message', (event) => {
      clearTimeout(end)
      unknown.delete(socket)
      const answer = answerHello(event?.data ?? '', { version, token, pid: process.pid })
      port.postMessage(JSON.stringify(answer))
      if (!('welcome' in answer)) return port.close()
      const connection = server.serve(port)
      connections.add(connection)
      void connection.closed.then(() => connections.delete(connection))
    })
    port.once('close', () => {
      clearTimeout(end)
      unknown.delete(socket)
    })
  })
  await writeFile(tokenFile, token, { mode: 0o600 })
  await chmod(tokenFile, 0o600)
  await openSocket(listener, path)
  return {
    connections,
    stopListening() {
      listener.close()
      for (const socket of unknown) socket.destroy()
    },
  }
}

async function openSocket(listener: Server, path: string): Promise<void> {
  const isPipe = process.platform === 'win32'
  if (!isPipe) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await rm(path, { force: true })
  }
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    // The path is bound at once, with the rights that the mask leaves: it never is another user's to open.
    const mask = isPipe ? undefined : process.umask(0o177)
    listener.listen(path, resolve)
    if (mask !== undefined) process.umask(mask)
  })
}

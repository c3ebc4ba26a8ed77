import type { IncomingMessage, Server } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Host } from '../host.ts'
import { joinPorts } from '../transport/join-ports.ts'
import type { Access } from './access.ts'
import type { Route } from './routes.ts'
import { portOverWebSocket } from './web-socket-port.ts'

/** Speaks the contract over WebSockets, each with a connection of its own to the host. Gives what ends them all. */
export function serveSockets(
  server: Server,
  { host, access, route }: { host: Host; access: () => Access; route: Route },
): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: route.mostBytes,
    perMessageDeflate: false,
    clientTracking: true,
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const refusal = refusalOf(request)
    if (refusal !== null) return endWith(stream, refusal)
    sockets.handleUpgrade(request, stream, head, (socket) => {
      void attach(socket)
    })
  })
  const attach = async (socket: WebSocket): Promise<void> => {
    const port = portOverWebSocket(socket)
    // What comes before the host has answered waits.
    socket.pause()
    try {
      joinPorts(port, await host.openPort())
      socket.resume()
    } catch (error) {
      host.log.error(error, 'connecting a page')
      socket.close(1013)
    }
  }
  const refusalOf = (request: IncomingMessage): number | null => {
    const path = request.url?.split('?')[0]
    if (path !== route.url || request.method !== route.method) return 404
    const refusal = access().refuse(request, route)
    if (refusal) return refusal.status
    return sockets.clients.size >= route.mostAtOnce ? 503 : null
  }
  return () => {
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }
}

function endWith(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

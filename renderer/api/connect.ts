import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink } from '@orpc/client/websocket'
import { createClient, type Client, type Link } from '../../src/contract/create-client.ts'
import { defineErrors } from '../../src/core/errors.ts'
import type { Native } from './native.ts'

const connectionError = defineErrors('connection', {
  lost: {
    kind: 'environment',
    message: 'The connection to Pipewright was lost.',
    remedy: 'Check that it still runs, then try again.',
  },
})

/** Speaks to the host: through the app around this page, or, in a browser, to where the page came from. */
export function connect(native: Native | null): Client {
  return native ? createClient({ link: new PortLink({ port: native.port }) }) : connectToServer()
}

/** A connection that was lost is opened again by the next call. */
function connectToServer(): Client {
  let current: { socket: WebSocket; link: Link['link'] } | null = null
  const open = (): { socket: WebSocket; link: Link['link'] } => {
    if (current && current.socket.readyState <= WebSocket.OPEN) return current
    const socket = new WebSocket(new URL('api/socket', location.href.replace(/^http/, 'ws')))
    current = { socket, link: new RPCLink({ websocket: socket }) }
    return current
  }
  return createClient({
    link: {
      call: async (path, input, options) => open().link.call(path, input, options),
    },
    explain: (error) =>
      current && current.socket.readyState > WebSocket.OPEN
        ? connectionError('lost', {}, { cause: error })
        : error,
  })
}

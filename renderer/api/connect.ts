import { RPCLink } from '@orpc/client/websocket'
import { createClient, type Client } from '../../src/contract/create-client.ts'

/** Speaks to the host that served this page. */
export async function connect(): Promise<Client> {
  const socket = new WebSocket(new URL('api/socket', location.href.replace(/^http/, 'ws')))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error('The host does not answer.')), { once: true })
  })
  return createClient({ link: new RPCLink({ websocket: socket }) })
}

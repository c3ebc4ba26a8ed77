import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink } from '@orpc/client/websocket'
import { createClient } from '../../src/contract/create-client.ts'
import { lostConnection } from '../state/lost-connection.ts'
import type { Connection } from './connection.ts'
import type { Native } from './native.ts'

const retryMs = 2000

/** Speaks to the host: through the app around this page, or, in a browser, to where the page came from. */
export function connect(native: Native | null): Connection {
  return native ? connectToApp(native) : connectToServer()
}

/** The app and its window end together. */
function connectToApp({ port }: Native): Connection {
  return {
    client: createClient({ link: new PortLink({ port }) }),
    isLost: () => false,
    timesFound: () => 0,
    subscribe: () => () => {},
  }
}

/** A connection that is lost is tried again until it is there. */
function connectToServer(): Connection {
  const listeners = new Set<() => void>()
  let isLost = false
  let timesFound = 0
  const note = (lost: boolean): void => {
    if (lost === isLost) return
    isLost = lost
    if (!lost) timesFound++
    for (const listener of listeners) listener()
  }
  const open = (): RPCLink<object> => {
    const websocket = new WebSocket(new URL('api/socket', location.href.replace(/^http/, 'ws')))
    websocket.addEventListener('open', () => note(false))
    websocket.addEventListener('close', () => {
      note(true)
      setTimeout(() => (link = open()), retryMs)
    })
    return new RPCLink({ websocket })
  }
  let link = open()
  return {
    client: createClient({
      link: {
        async call(path, input, options) {
          if (isLost) throw lostConnection()
          return link.call(path, input, options)
        },
      },
      explain: (error) => (isLost ? lostConnection(error) : error),
    }),
    isLost: () => isLost,
    timesFound: () => timesFound,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

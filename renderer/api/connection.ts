import { createContext, use, useSyncExternalStore } from 'react'
import type { Client } from '../../src/contract/create-client.ts'

/** The way to the host, which may be lost and found again. */
export interface Connection {
  client: Client
  isLost: () => boolean
  /** How often it was found again. */
  timesFound: () => number
  /** Tells whenever it is lost or found. */
  subscribe: (listener: () => void) => () => void
}

export const ConnectionContext = createContext<Connection | null>(null)

export function useIsLost(): boolean {
  const { subscribe, isLost } = useConnection()
  return useSyncExternalStore(subscribe, isLost)
}

/** Changes when what was asked over a lost connection is to be asked again. */
export function useTimesFound(): number {
  const { subscribe, timesFound } = useConnection()
  return useSyncExternalStore(subscribe, timesFound)
}

function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (!connection) throw new Error('No connection is provided around this component.')
  return connection
}

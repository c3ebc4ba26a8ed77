import { createContext, use } from 'react'
import type { Client } from '../../src/contract/create-client.ts'

export const ClientContext = createContext<Client | null>(null)

/** The operations of the app, whatever host is behind them. */
export function useClient(): Client {
  const client = use(ClientContext)
  if (!client) throw new Error('No client is provided around this component.')
  return client
}

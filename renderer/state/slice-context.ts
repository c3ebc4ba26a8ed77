import type { StoreApi } from 'zustand'
import type { Choice } from '../../src/contract/bridge.ts'
import type { Client } from '../../src/contract/create-client.ts'
import type { AppState } from './app-state.ts'

/** Asks with a dialog of the system; null where nothing was chosen. */
export type ChoosePath = (what: Choice, name?: string) => Promise<string | null>

/** What a slice is made with. */
export interface SliceContext {
  set: StoreApi<AppState>['setState']
  get: StoreApi<AppState>['getState']
  client: Client
  /** Null in a browser. */
  choosePath: ChoosePath | null
}

import type { StoreApi } from 'zustand'
import type { Client } from '../../src/contract/create-client.ts'
import type { AppState } from './app-state.ts'

/** What a slice is made with. */
export interface SliceContext {
  set: StoreApi<AppState>['setState']
  get: StoreApi<AppState>['getState']
  client: Client
}

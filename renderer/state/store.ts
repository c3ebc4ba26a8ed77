import { createContext, use } from 'react'
import { useStore as useVanillaStore } from 'zustand'
import type { AppState } from './app-state.ts'
import type { AppStore } from './create-app-store.ts'

export const StoreContext = createContext<AppStore | null>(null)

/** The store itself: for handlers, which read it when something happens and must not follow it. */
export function useAppStore(): AppStore {
  const store = use(StoreContext)
  if (!store) throw new Error('No store is provided around this component.')
  return store
}

/** A part of the state. Select the least that is needed; a selector that makes new objects needs `useShallow`. */
export function useStore<Part>(selector: (state: AppState) => Part): Part {
  return useVanillaStore(useAppStore(), selector)
}

import { createContext, use } from 'react'
import type { Native } from './native.ts'

export const NativeContext = createContext<Native | null>(null)

/** The app around this page; null in a browser. */
export const useNative = (): Native | null => use(NativeContext)

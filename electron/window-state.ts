import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const stateSchema = z.strictObject({
  width: z.int().min(600).max(20_000),
  height: z.int().min(400).max(20_000),
  x: z.int().nullable(),
  y: z.int().nullable(),
  isMaximized: z.boolean(),
  /** The workspace that was open last. */
  folder: z.string().nullable(),
})
export type WindowState = z.infer<typeof stateSchema>

const first: WindowState = { width: 1360, height: 860, x: null, y: null, isMaximized: false, folder: null }

/** How the window was when it was closed last. */
export interface WindowStates {
  read(): WindowState
  keep(state: Partial<WindowState>): void
}

export function openWindowStates(file: string): WindowStates {
  const read = (): WindowState => {
    try {
      return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      return first
    }
  }
  return {
    read,
    keep(state) {
      try {
        writeFileSync(file, JSON.stringify({ ...read(), ...state }))
      } catch {
        // A place that is not remembered is no reason to stop.
      }
    },
  }
}

interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** Where to show the window: where it was, unless no screen is there any more. */
export function placeOf({ x, y, width, height }: WindowState, screens: readonly Area[]): Partial<Area> {
  const isSeen = (screen: Area): boolean =>
    x !== null &&
    y !== null &&
    x < screen.x + screen.width - 100 &&
    x + width > screen.x + 100 &&
    y >= screen.y - 10 &&
    y < screen.y + screen.height - 100
  return screens.some(isSeen) ? { x: x!, y: y!, width, height } : { width, height }
}

import type { AppState } from '../state/app-state.ts'
import type { AppStore } from '../state/create-app-store.ts'

export const commandGroups = ['Run', 'Edit', 'Arrange', 'View', 'File', 'Go to'] as const
export type CommandGroup = (typeof commandGroups)[number]

/** Something that can be done from the menus, the command palette, or with keys. */
export interface Command {
  id: string
  title: string
  group: CommandGroup
  /** Combinations such as `mod+shift+z`; the first is shown. */
  keys?: readonly string[]
  /** Keys that the browser itself listens to, and that come back as an event such as `copy`. */
  shownKeys?: string
  /** Whether it makes sense right now; always when absent. */
  isEnabled?: (state: AppState) => boolean
  run: (store: AppStore) => unknown
}

/** Whether a command is about what is shown: a drawing, or the app as a whole. */
export const isMeant = ({ id, group }: Command, { view }: AppState): boolean =>
  view === 'pipeline' || group === 'File' || group === 'Go to' || id === 'commands' || id === 'shortcuts'

export const keysOf = ({ keys, shownKeys }: Command): string | undefined => keys?.[0] ?? shownKeys

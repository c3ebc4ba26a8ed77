import type { AppCommand } from '../../src/contract/bridge.ts'
import type { Native } from '../api/native.ts'
import type { AppStore } from '../state/create-app-store.ts'
import { commands } from './command-list.ts'
import { isMeant } from './command.ts'

/** What the menus of the system call a command that has another name here. */
const named: Readonly<Partial<Record<AppCommand, string>>> = {
  'close-tab': 'close',
  'run-to-here': 'run-to',
  find: 'commands',
}

/** Does what the menus of the system and files that are dropped ask for. */
export function followNative(store: AppStore, native: Native): void {
  native.onCommand((asked, path) => {
    if (asked === 'open-path') return path === undefined ? undefined : openAny(store, path)
    if ((asked === 'undo' || asked === 'redo') && isTyping()) return void document.execCommand(asked)
    const command = commands.find(({ id }) => id === (named[asked] ?? asked))
    const state = store.getState()
    if (command && isMeant(command, state) && (command.isEnabled?.(state) ?? true)) command.run(store)
  })
}

function openAny(store: AppStore, path: string): void {
  if (path.endsWith('.pipeline.json')) void store.getState().openPath(path)
  else store.getState().startFrom(path)
}

/** A text that is being typed has an undo of its own. */
function isTyping(): boolean {
  const focused = document.activeElement
  return focused instanceof HTMLElement && (focused.isContentEditable || focused.matches('input, textarea'))
}

import { useEffect } from 'react'
import { useAppStore } from '../state/store.ts'
import { copySelection, deleteSelection, pasteText } from './clipboard.ts'
import { commands } from './command-list.ts'
import { isMeant } from './command.ts'
import { matchKeys } from './match-keys.ts'

/** While something is typed, these still mean the app. */
const evenWhileTyping = new Set([
  'save',
  'commands',
  'run',
  'stop',
  'open',
  'new',
  'close',
  'next-tab',
  'previous-tab',
])

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'))

/** Lists, results and the inspector have keys of their own; those with Ctrl, ⌘ or Alt mean the app everywhere. */
const isOwnKey = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey &&
  !metaKey &&
  !altKey &&
  target instanceof Element &&
  target.closest('[role="tablist"], [role="tabpanel"], aside') !== null

/** Something that is open over the app gets the keys. */
const isCovered = (): boolean =>
  document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null

/** Lets keys, and the clipboard, do what commands do. Stands once in the app. */
export function useShortcuts(): void {
  const store = useAppStore()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const command = commands.find(({ keys = [] }) =>
        keys.some((combination) => matchKeys(event, combination)),
      )
      if (!command || isCovered()) return
      if (isTyping(event.target) && !evenWhileTyping.has(command.id)) return
      if (isOwnKey(event)) return
      const state = store.getState()
      if (!isMeant(command, state)) return
      event.preventDefault()
      event.stopPropagation()
      if (command.isEnabled?.(state) ?? true) command.run(store)
    }
    const onCopy = (event: ClipboardEvent): void => {
      const text = isOnCanvas(event) ? copySelection(store) : null
      if (text === null) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', text)
      if (event.type === 'cut') deleteSelection(store, 'Cut')
    }
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (isOnCanvas(event) && pasteText(store, text)) event.preventDefault()
    }
    /** A selection of text anywhere is what is meant, else the nodes. */
    const isOnCanvas = (event: ClipboardEvent): boolean =>
      store.getState().view === 'pipeline' &&
      !isTyping(event.target) &&
      (event.type === 'paste' || (window.getSelection()?.isCollapsed ?? true))
    // Before the canvas takes Enter with Shift for a change of the selection.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    window.addEventListener('copy', onCopy)
    window.addEventListener('cut', onCopy)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true })
      window.removeEventListener('copy', onCopy)
      window.removeEventListener('cut', onCopy)
      window.removeEventListener('paste', onPaste)
    }
  }, [store])
}

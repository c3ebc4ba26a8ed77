import { copyText, pasteEdits } from '../canvas/edits/clipboard.ts'
import { removeNotesEdits } from '../canvas/edits/notes.ts'
import type { Edit } from '../../src/core/edits.ts'
import { parseEdge } from '../../src/core/pipeline.ts'
import { activeTabOf } from '../state/active.ts'
import type { AppStore } from '../state/create-app-store.ts'
import { selectionOf } from './selection.ts'

/** The selected nodes as text; null when none are. */
export function copySelection(store: AppStore): string | null {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  const { steps } = selectionOf(state)
  return document && steps.length > 0 ? copyText(document, steps) : null
}

/** Adds the nodes of a text that was copied: at the pointer, else beside where they were. */
export function pasteText(store: AppStore, text: string): boolean {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  if (!document) return false
  const at = state.canvas?.pointer()
  const pasted = pasteEdits({ text, document, ...(at && { at }) })
  if (!pasted || !state.applyEdits('Paste', pasted.edits)) return false
  state.select({ nodes: pasted.ids })
  state.canvas?.keepInSight(pasted.ids)
  return true
}

export function deleteSelection(store: AppStore, title: 'Delete' | 'Cut'): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  if (!document) return
  const { steps, notes, edges } = selectionOf(state)
  const gone = new Set(steps)
  const loose = edges.filter((edge) => {
    const { from, to } = parseEdge(edge)
    return !gone.has(from.node) && !gone.has(to.node)
  })
  const edits: Edit[] = [
    ...loose.map((edge): Edit => ({ kind: 'remove-edge', edge })),
    ...steps.map((id): Edit => ({ kind: 'remove-node', id })),
    ...(notes.length > 0 ? removeNotesEdits(document, notes) : []),
  ]
  const count = loose.length + steps.length + notes.length
  if (count > 0 && state.applyEdits(count === 1 ? title : `${title} ${count} things`, edits)) state.select({})
}

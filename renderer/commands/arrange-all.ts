import { changeNotesEdits } from '../canvas/edits/notes.ts'
import { layOut } from '../canvas/flow/auto-layout.ts'
import { activeTabOf } from '../state/active.ts'
import type { AppStore } from '../state/create-app-store.ts'

/** Lays out the active pipeline, unless it changed while that was worked out. */
export async function arrangeAll(store: AppStore): Promise<void> {
  const state = store.getState()
  const tab = activeTabOf(state)
  if (!tab || Object.keys(tab.document.nodes).length === 0) return
  try {
    const { document } = tab
    const { nodes, notes } = await layOut(document, state.definitions)
    if (activeTabOf(store.getState())?.document !== tab.document) return
    const places = Object.entries(notes).map(([id, at]) => [id, { at }] as const)
    state.applyEdits('Arrange all nodes', [
      { kind: 'move-nodes', positions: nodes },
      ...(places.length > 0 ? changeNotesEdits(document, Object.fromEntries(places)) : []),
    ])
    // The new places reach the canvas with its next picture.
    requestAnimationFrame(() => store.getState().canvas?.fit())
  } catch (error) {
    state.tellError(error)
  }
}

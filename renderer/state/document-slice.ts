import type { Edit } from '../../src/core/edits.ts'
import type { Tab } from './tab.ts'

/** The pipelines that are open, and all that changes them. */
export interface DocumentSlice {
  tabs: Readonly<Record<string, Tab>>
  tabOrder: readonly string[]
  activeTab: string | null
  /** Shows a pipeline whose text is at hand; without a revision it has no file yet. */
  openDocument: (file: { path: string; text: string; revision: string | null }) => string | null
  activateTab: (id: string) => void
  closeTab: (id: string) => void
  /** Changes the active document in one step of undo. False when an edit does not fit; the reason is told. */
  applyEdits: (title: string, edits: readonly Edit[]) => boolean
  undo: () => void
  redo: () => void
  showRun: (tab: string, run: string) => void
}

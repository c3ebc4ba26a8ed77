import type { PipelineDescription } from '../../src/contract/pipelines-contract.ts'
import type { Edit } from '../../src/core/edits.ts'
import type { PipelineFile, Tab } from './tab.ts'

/** What a file holds that differs from what is known of it; null when it is gone. */
export type DiskContent = { text: string; revision: string } | null

/** The pipelines that are open, and all that changes them. */
export interface DocumentSlice {
  tabs: Readonly<Record<string, Tab>>
  tabOrder: readonly string[]
  activeTab: string | null
  /** Shows a file, or the tab that has it open already. `draft` is what it is to hold, where it was lost unsaved. */
  openDocument: (file: PipelineFile, draft?: { text: string; at: number }) => string | null
  /** `isAgain`: the user did not ask for it now. */
  openPath: (path: string, how?: { isAgain: boolean }) => Promise<void>
  /** Asks which pipeline file to open: with a dialog of the system where there is one. */
  chooseAndOpen: () => Promise<void>
  /** An empty pipeline in a new file of the workspace. */
  createPipeline: () => Promise<void>
  activateTab: (id: string) => void
  /** Closes a tab; one that is unsaved asks first, unless told not to. */
  closeTab: (id: string, options?: { discard: boolean }) => void
  /** Changes the active document in one step of undo. False when an edit does not fit; the reason is told. */
  applyEdits: (title: string, edits: readonly Edit[]) => boolean
  /** Shows the sub-pipeline that a node stands for; false where it stands for none that could be shown. */
  enterNode: (node: string) => boolean
  /** Shows the pipeline around the sub-pipeline that is shown. */
  leaveNode: () => void
  undo: () => void
  redo: () => void
  /** Writes the canonical text of a tab to its file. False when it could not, or the file is another by now. */
  save: (tab?: string) => Promise<boolean>
  /** Whether there are dialogs of the system, to save as another file. */
  hasSystemDialogs: boolean
  /** Writes the active pipeline to another file, chosen with a dialog of the system, and goes on with that. */
  saveAs: () => Promise<void>
  /** The file of a tab holds something else than what was last read from or written to it. */
  noteDiskChange: (tab: string, content: DiskContent) => void
  /** Takes what the file holds, or keeps what is here, to be saved over it. */
  resolveDiskChange: (tab: string, take: 'file' | 'mine') => void
  /** Takes what the file holds in place of what came back unsaved. */
  forgetRestored: (tab: string) => void
  noteDescription: (tab: string, description: PipelineDescription) => void
  showRun: (tab: string, run: string) => void
}

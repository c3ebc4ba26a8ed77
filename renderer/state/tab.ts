import type { PipelineDescription } from '../../src/contract/pipelines-contract.ts'
import type { Edit } from '../../src/core/edits.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'

/** One thing that was done, in the words of a menu (“Delete 2 nodes”), with the edits that lead away from here. */
export interface HistoryEntry {
  title: string
  edits: readonly Edit[]
}

/** A pipeline that is open. */
export interface Tab {
  id: string
  /** Absolute path of its file, on the host; what the paths in the pipeline are relative to. */
  path: string
  document: Pipeline
  /** What the file holds as far as is known; null when there is no file yet. */
  savedText: string | null
  /** Revision of the file that `savedText` is. */
  revision: string | null
  /** Newest last. */
  undo: readonly HistoryEntry[]
  redo: readonly HistoryEntry[]
  /** What the host says of the document, a moment after each edit; null until it first did. */
  description: PipelineDescription | null
  /** The newest run of this pipeline that was started or looked at here. */
  runId: string | null
  /** The file has changed beneath unsaved edits: what it holds now, null when it is gone. */
  changedOnDisk: { text: string; revision: string } | 'gone' | null
}

import type { PipelineDescription } from '../../src/contract/pipelines-contract.ts'
import { applyEdits } from '../../src/core/apply-edit.ts'
import type { Edit } from '../../src/core/edits.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import type { Scope } from './scope.ts'

/** The text of a pipeline file, and which of its contents that is. */
export interface PipelineFile {
  path: string
  text: string
  revision: string
}

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
  /** All that the file is to hold. */
  document: Pipeline
  /** The sub-pipeline that is seen, if one was entered. */
  scope: Scope
  /** What the file holds as far as is known; null when it is gone. */
  savedText: string | null
  /** Of the content that `savedText` is. */
  revision: string | null
  /** Newest last. */
  undo: readonly HistoryEntry[]
  redo: readonly HistoryEntry[]
  /** What the host says of the document, a moment after each edit; null until it first did. */
  description: PipelineDescription | null
  /** The newest run of this pipeline that was started or looked at here. */
  runId: string | null
  /** The file has changed beneath unsaved edits: what it holds now. */
  changedOnDisk: { text: string; revision: string } | 'gone' | null
  /** When what is shown was last edited, where it was lost unsaved and came back; epoch ms. */
  restoredAt: number | null
}

/** Throws when the text is no pipeline. */
export function newTab(file: PipelineFile, draft?: { text: string; at: number }): Tab {
  return {
    id: crypto.randomUUID(),
    path: file.path,
    document: parsePipeline(draft?.text ?? file.text),
    scope: [],
    savedText: file.text,
    revision: file.revision,
    undo: [],
    redo: [],
    description: null,
    runId: null,
    changedOnDisk: null,
    restoredAt: draft?.at ?? null,
  }
}

/** A step along the history, and the way back. */
export function travelled(tab: Tab, direction: 'undo' | 'redo'): Partial<Tab> {
  const entry = tab[direction].at(-1)!
  const { pipeline, inverse } = applyEdits(tab.document, entry.edits)
  const back = { title: entry.title, edits: inverse }
  return direction === 'undo'
    ? { document: pipeline, undo: tab.undo.slice(0, -1), redo: [...tab.redo, back] }
    : { document: pipeline, redo: tab.redo.slice(0, -1), undo: [...tab.undo, back] }
}

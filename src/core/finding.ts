import type { Edit } from './edits.ts'
import type { PipelinePlace } from './errors.ts'

/** Something the check of a document found: an error keeps the pipeline from running, a warning does not. */
export interface Finding {
  code: string
  severity: 'error' | 'warning'
  at?: PipelinePlace
  /** The edge it is about, as it stands in the file. */
  edge?: string
  message: string
  remedy: string
  /** One click that makes it go away. */
  fix?: { title: string; edits: readonly Edit[] }
}

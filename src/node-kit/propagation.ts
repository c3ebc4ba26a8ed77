import type { Shape } from '../core/columns.ts'
import type { Edit } from '../core/edits.ts'

export type Shapes = Readonly<Record<string, Shape>>

/** What is known of what feeds a node; a list where several edges may end. */
export type InputShapes = Readonly<Record<string, Shape | readonly Shape[] | undefined>>

/** Something a node says about its parameters before a run; the document check adds the place. */
export interface NodeFinding {
  /** `unknown-column`, `target-as-feature`, … : a code of the document check. */
  code: string
  severity: 'error' | 'warning'
  message: string
  remedy: string
  /** Path of the parameter, such as `columns.0`. */
  param?: string
  port?: string
  fix?: { title: string; edits: readonly Edit[] }
}

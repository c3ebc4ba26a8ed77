import type { Column } from '../columns.ts'
import type { MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function deriveColumns(columns: readonly Column[], params: TransformParams<'derive'>): MadeColumns {
  throw new Error(`not there yet ${columns.length} ${params.column}`)
}

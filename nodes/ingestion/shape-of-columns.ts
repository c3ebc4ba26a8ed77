import type { StartColumn } from '../../src/core/artifacts.ts'
import type { TableShape } from '../../src/core/columns.ts'
import { shapeOfTable } from '../../src/node-kit/shape-of-artifact.ts'

/** The shape of a table whose stored columns are these, before anything was read. */
export function shapeOfColumns(columns: readonly Pick<StartColumn, 'name' | 'type'>[]): TableShape {
  return shapeOfTable({
    columns: columns.map(({ name, type }) => ({ name, type, role: 'feature', origin: 'start' })),
    split: null,
  })
}

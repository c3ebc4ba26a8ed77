import type { Column } from '../../../src/core/columns.ts'
import { ColumnTypeIcon } from '../../results/column-type-icon.tsx'
import type { ListedName } from './name-list.tsx'

/** Columns as names to choose from, with their types and, where it says something, their roles. */
export const listedColumns = (columns: readonly Column[]): readonly ListedName[] =>
  columns.map(({ name, type, role }) => ({
    name,
    icon: <ColumnTypeIcon type={type} />,
    ...(role !== 'feature' && { detail: role }),
  }))

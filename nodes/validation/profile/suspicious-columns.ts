import type { Column } from '../../../src/core/columns.ts'
import type { ColumnFacts } from './exact-facts.ts'

export interface SuspiciousColumn {
  column: string
  kind: 'empty' | 'constant' | 'mostly-missing' | 'id-like' | 'high-cardinality' | 'leaks-target'
  note: string
}

export interface ProfiledColumn {
  column: Column
  facts: ColumnFacts
  /** How well it alone explains the target; null where it cannot be told, or there is none. */
  explainsTarget: number | null
}

interface Limits {
  rows: number
  mostlyMissing: number
  leakLimit: number
}

/** Fewer rows may all be different by chance. */
const rowsToName = 20
const manyValues = 50
const shareOfMany = 0.5

/** What is wrong with a column, or may be. */
export function suspicionsOf(profiled: ProfiledColumn, limits: Limits): SuspiciousColumn[] {
  const { column, facts, explainsTarget } = profiled
  const { rows, mostlyMissing, leakLimit } = limits
  const said = (kind: SuspiciousColumn['kind'], note: string): SuspiciousColumn[] => [
    { column: column.name, kind, note: `“${column.name}” ${note}.` },
  ]
  if (column.role === 'ignore' || rows === 0) return []
  const { missing, distinct } = facts
  if (distinct === 0) return said('empty', 'has no values')
  const share = missing / rows
  const leak =
    column.role === 'feature' && explainsTarget !== null && explainsTarget >= leakLimit
      ? said('leaks-target', `alone explains the target (${explainsTarget.toFixed(3)}), and may give it away`)
      : []
  return [
    ...(distinct === 1 && missing === 0 ? said('constant', 'has the same value in every row') : []),
    ...(share > mostlyMissing ? said('mostly-missing', `is missing in ${percent(share)} of the rows`) : []),
    ...cardinality(profiled, rows, said),
    ...leak,
  ]
}

function cardinality(
  { column: { type, role }, facts: { missing, distinct } }: ProfiledColumn,
  rows: number,
  said: (kind: SuspiciousColumn['kind'], note: string) => SuspiciousColumn[],
): SuspiciousColumn[] {
  if (role !== 'feature') return []
  const values = rows - missing
  if ((type === 'text' || type === 'integer') && values >= rowsToName && distinct === values)
    return said(
      'id-like',
      'has another value in every row, so it names rows rather than tells something of them',
    )
  if (type === 'text' && distinct > manyValues && distinct > shareOfMany * values)
    return said('high-cardinality', `has ${distinct} different texts`)
  return []
}

const percent = (share: number): string => `${Math.round(share * 100)} %`

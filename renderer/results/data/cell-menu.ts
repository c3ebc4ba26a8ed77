import type { Cell } from '../../../src/contract/cell.ts'
import type { Column } from '../../../src/core/columns.ts'
import { columnText } from '../../../src/core/expression/column-text.ts'
import { conditionOf } from '../charts/chart-selection.ts'

/** Conditions that a cell suggests, in words and as expressions; none for vectors. */
export function conditionsOfCell(
  column: Column,
  cell: Cell,
): readonly { title: string; condition: string }[] {
  if (column.type === 'vector' || Array.isArray(cell)) return []
  const name = columnText(column.name)
  if (cell === null) {
    return [
      { title: `Only rows without ${column.name}`, condition: `${name} is null` },
      { title: `Only rows with ${column.name}`, condition: `${name} is not null` },
    ]
  }
  const same = conditionOf([{ kind: 'values', column, values: [cell] }])
  const short = String(cell).length > 24 ? `${String(cell).slice(0, 24)}…` : String(cell)
  const isOrdered = column.type !== 'text' && column.type !== 'boolean'
  return [
    { title: `Only ${column.name} = ${short}`, condition: same },
    { title: `Without ${column.name} = ${short}`, condition: same.replace(' = ', ' <> ') },
    ...(isOrdered
      ? [
          { title: `From ${short} up`, condition: same.replace(' = ', ' >= ') },
          { title: `Up to ${short}`, condition: same.replace(' = ', ' <= ') },
        ]
      : []),
  ]
}

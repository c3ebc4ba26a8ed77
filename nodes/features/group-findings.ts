import { columnNamed, type TableShape } from '../../src/core/columns.ts'
import { unknownColumns } from '../../src/node-kit/column-selection.ts'
import type { NodeFinding } from '../../src/node-kit/propagation.ts'
import { encodedNames, repeatedNames } from './column-names.ts'

/** What is wrong with columns that rows are grouped by. */
export function groupFindings(table: TableShape, by: readonly string[]): NodeFinding[] {
  const param = (index: number): string => `by.${index}`
  return [
    ...unknownColumns({ table, names: by, param }),
    ...repeatedNames(by, param),
    ...encodedNames(table, by, param),
    ...acrossParts(table, by),
  ]
}

/** Values of one group over rows that train and test carry the answer from one to the other. */
function acrossParts(table: TableShape, by: readonly string[]): NodeFinding[] {
  if (by.length > 0 || !table.split || table.split.length < 2) return []
  return [
    {
      code: 'mixed-split',
      severity: 'error',
      message: 'The table is split, and one group of all rows would mix its parts.',
      remedy:
        'Group by a column whose values each lie in one part, as those do that a split by group goes by.',
      param: 'by',
    },
  ]
}

/** An error where a function calculates with a column that holds no numbers. */
export function notNumeric(table: TableShape, name: string, param: string): NodeFinding[] {
  const column = columnNamed(table, name)
  if (!column || column.type === 'vector') return []
  if (column.type === 'number' || column.type === 'integer' || column.type === 'boolean') return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: `“${name}” is a ${column.type} column; this function calculates with numbers.`,
      remedy: 'Choose a column of numbers, or a function such as min, max, first or mode.',
      param,
    },
  ]
}

import type { Column, TableShape } from '../core/columns.ts'
import type { TransformProblem } from '../core/transforms/transform-columns.ts'
import type { TransformStep } from '../core/transforms/transform-step.ts'
import { selectColumns, type ColumnSelection } from './column-selection.ts'
import type { NodeFinding } from './propagation.ts'

/** The names that a selection means: a list as it stands, a rule only as far as the columns fit the step. */
export function chosenNames(
  table: { columns: readonly Column[] },
  selection: ColumnSelection,
  fits: (column: Column) => boolean,
): readonly string[] {
  if (Array.isArray(selection)) return selection
  return selectColumns(table, selection)
    .filter(fits)
    .map(({ name }) => name)
}

/** A warning where a rule means no column at all. */
export function emptyRule(
  table: TableShape,
  selection: ColumnSelection,
  names: readonly string[],
): NodeFinding[] {
  if (!table.known || Array.isArray(selection) || names.length > 0) return []
  return [
    {
      code: 'nothing-selected',
      severity: 'warning',
      message: 'No feature of the table fits the rule, so this step changes nothing.',
      remedy: 'Choose other columns, or take the step out.',
      param: 'columns',
    },
  ]
}

/** The parameter `columns` of a node that a problem of one of its steps belongs to. */
export function placeInSelection(
  selection: ColumnSelection,
  steps: readonly TransformStep[],
): (problem: TransformProblem, step: number) => string {
  return ({ param }, index) => {
    const position = /^columns\.(\d+)$/.exec(param)?.[1]
    if (position === undefined) return param
    const { params } = steps[index]!
    const name = 'columns' in params ? params.columns[Number(position)] : undefined
    return Array.isArray(selection) && name !== undefined
      ? `columns.${selection.lastIndexOf(name)}`
      : 'columns'
  }
}

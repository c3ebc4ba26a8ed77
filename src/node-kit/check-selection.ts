import type { Column, TableShape } from '../core/columns.ts'
import { selectColumns, unknownColumns, type ColumnSelection } from './column-selection.ts'
import type { NodeFinding } from './propagation.ts'

/**
 * The columns that a selection means here, and what is wrong with it. By rule only columns that fit are chosen; a
 * column that is named and does not fit, or is the target, is a finding.
 */
export function checkSelection(options: {
  table: TableShape
  selection: ColumnSelection
  /** The parameter that holds the selection. */
  param: string
  fits: (column: Column) => boolean
  /** Completes “takes …”: `number and integer columns`. */
  takes: string
  /** What to do about a column of another type; a whole sentence. */
  remedy: string
}): { columns: readonly Column[]; findings: readonly NodeFinding[] } {
  const { table, selection, param, fits } = options
  const selected = selectColumns(table, selection)
  const columns = selected.filter((column) => fits(column) && column.role !== 'target')
  if (!table.known) return { columns, findings: [] }
  if (!Array.isArray(selection)) {
    const findings = columns.length === 0 ? [nothingSelected(param, options.takes)] : []
    return { columns, findings }
  }
  const unknown = unknownColumns({ table, names: selection, param: (index) => `${param}.${index}` })
  const unfit = selected
    .filter((column) => column.role === 'target' || !fits(column))
    .map((column) => {
      const place = `${param}.${selection.indexOf(column.name)}`
      return column.role === 'target' ? targetChosen(column, place) : wrongType(column, place, options)
    })
  return { columns, findings: [...unknown, ...unfit] }
}

function nothingSelected(param: string, takes: string): NodeFinding {
  return {
    code: 'nothing-selected',
    severity: 'warning',
    message: `No feature of the table fits the rule: this step takes ${takes}.`,
    remedy: 'Choose other columns, or take the step out.',
    param,
  }
}

function targetChosen(column: Column, param: string): NodeFinding {
  return {
    code: 'target-as-feature',
    severity: 'error',
    message: `“${column.name}” is the target; this step only changes features.`,
    remedy: 'Take it off the list, or give it another role.',
    param,
  }
}

function wrongType(column: Column, param: string, options: { takes: string; remedy: string }): NodeFinding {
  return {
    code: 'wrong-type',
    severity: 'error',
    message: `“${column.name}” is a ${column.type} column; this step takes ${options.takes}.`,
    remedy: options.remedy,
    param,
  }
}

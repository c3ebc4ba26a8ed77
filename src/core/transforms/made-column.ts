import type { Column, ColumnType } from '../columns.ts'
import { unknownColumn } from '../unknown-column.ts'

/** A column that a transform makes, and the columns it is computed from. */
export interface MadeColumn {
  column: Column
  from: readonly string[]
}

/** Why a transform cannot be applied to these columns. */
export interface TransformProblem {
  code: 'unknown-column' | 'repeated-column' | 'wrong-type' | 'wrong-role' | 'bad-value' | 'bad-expression'
  message: string
  remedy: string
  /** Path of the parameter within the transform's own: `columns.0`, `expression`. */
  param: string
}

export interface MadeColumns {
  made: MadeColumn[]
  problems: TransformProblem[]
  /** Columns that are no longer visible afterwards. */
  dropped?: readonly string[]
}

/** What a transform makes of one of its columns, or why it cannot. */
export type MadeFromColumn = readonly MadeColumn[] | Omit<TransformProblem, 'param'>

/** Applies a transform to each of its columns; of those that are not there, or twice, it says so. */
export function madeFromEach(
  columns: readonly Column[],
  names: readonly string[],
  make: (column: Column, index: number) => MadeFromColumn,
): MadeColumns {
  const result: MadeColumns = { made: [], problems: [] }
  for (const [index, name] of names.entries()) {
    const column = columns.find((candidate) => candidate.name === name)
    const outcome =
      names.indexOf(name) < index
        ? repeated(name)
        : column
          ? make(column, index)
          : unknownColumn(name, columns)
    if ('code' in outcome) result.problems.push({ ...outcome, param: `columns.${index}` })
    else result.made.push(...outcome)
  }
  return result
}

/** The same column as the recipe makes it anew. */
export function remade({ name, role }: Column, type: ColumnType): Column {
  return { name, type, role, origin: 'recipe' }
}

/** Fitted transforms leave target and id alone: what was learned from the target must not stand among features. */
export function protectedColumn({ name, role }: Column): Omit<TransformProblem, 'param'> | undefined {
  if (role !== 'target' && role !== 'id') return undefined
  return {
    code: 'wrong-role',
    message: `The column “${name}” is the ${role}, which is not changed by what is learned from rows.`,
    remedy: 'Leave it out here, or give it another role first.',
  }
}

/** Why a transform of numbers leaves a column alone. */
export function numberProblem(column: Column, what: string): Omit<TransformProblem, 'param'> | undefined {
  if (column.type !== 'number' && column.type !== 'integer')
    return wrongType(column, what, 'Leave the column out here.')
  return protectedColumn(column)
}

/** There is a column of the name that one made of another would have. */
export function takenName(name: string, of: string): Omit<TransformProblem, 'param'> {
  return {
    code: 'bad-value',
    message: `There is already a column “${name}”, which would be made of “${of}”.`,
    remedy: 'Rename that column, or leave this one out here.',
  }
}

export function wrongType(
  { name, type }: Column,
  what: string,
  remedy: string,
): Omit<TransformProblem, 'param'> {
  return { code: 'wrong-type', message: `The column “${name}” holds ${described[type]}: ${what}.`, remedy }
}

const described: Readonly<Record<ColumnType, string>> = {
  number: 'numbers',
  integer: 'whole numbers',
  boolean: 'true or false',
  text: 'text',
  date: 'dates',
  datetime: 'dates with time',
  vector: 'vectors',
}

function repeated(name: string): Omit<TransformProblem, 'param'> {
  return {
    code: 'repeated-column',
    message: `The column “${name}” is named twice.`,
    remedy: 'Name it once.',
  }
}

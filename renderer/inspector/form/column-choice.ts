import type { Column, ColumnType } from '../../../src/core/columns.ts'
import type { Json } from '../../../src/core/pipeline.ts'

/** What a `columns` parameter says: names, or a rule that also fits columns that come later. */
export type ColumnChoice =
  | { by: 'names'; names: readonly string[] }
  | { by: 'rule'; type: string; except: readonly string[] }

export function readColumnChoice(value: Json | undefined): ColumnChoice {
  if (Array.isArray(value)) return { by: 'names', names: texts(value) }
  if (typeof value !== 'object' || value === null) return { by: 'names', names: [] }
  const { type, except } = value
  return {
    by: 'rule',
    type: typeof type === 'string' ? type : 'any',
    except: Array.isArray(except) ? texts(except) : [],
  }
}

export function writeColumnChoice(choice: ColumnChoice): Json {
  if (choice.by === 'names') return [...choice.names]
  return { type: choice.type, ...(choice.except.length > 0 && { except: [...choice.except] }) }
}

const texts = (values: readonly Json[]): string[] => values.filter((value) => typeof value === 'string')

/** The columns that a choice means: a rule only features. */
export function chosenColumns(choice: ColumnChoice, columns: readonly Column[]): readonly Column[] {
  if (choice.by === 'names')
    return choice.names.flatMap((name) => columns.find((column) => column.name === name) ?? [])
  return columns.filter(
    ({ name, role, type }) => role === 'feature' && isOf(type, choice.type) && !choice.except.includes(name),
  )
}

function isOf(type: ColumnType, wanted: string): boolean {
  switch (wanted) {
    case 'any':
      return true
    case 'numeric':
      return type === 'number' || type === 'integer'
    case 'date':
      return type === 'date' || type === 'datetime'
    default:
      return type === wanted
  }
}

import type { Column, ColumnType } from '../../../src/core/columns.ts'
import { comparableName, startedHere } from '../column-names.ts'
import type { JoinParams } from './params.ts'

type WithColumns = { columns: readonly Column[] }

/** A column of the outcome and the columns that it is made of; a key is made of both. */
export interface JoinedColumn {
  column: Column
  left?: Column
  right?: Column
}

/** A semi or anti join only picks rows. */
export const keepsRecipe = ({ kind }: Pick<JoinParams, 'kind'>): boolean => kind === 'semi' || kind === 'anti'

export const rightKey = ({ left, right }: JoinParams['keys'][number]): string => right ?? left

/** The keys that a kind of join looks at. */
export const keysOf = ({ kind, keys }: JoinParams): JoinParams['keys'] => (kind === 'cross' ? [] : keys)

/** The columns of the left table, then those of the right but for its keys. */
export function joinedColumns(left: WithColumns, right: WithColumns, params: JoinParams): JoinedColumn[] {
  const keys = keysOf(params)
  const named = ({ columns }: WithColumns, name: string) => columns.find((column) => column.name === name)
  const ofLeft = left.columns.map((column): JoinedColumn => {
    const key = keys.find((each) => each.left === column.name)
    const other = key && named(right, rightKey(key))
    if (!other) return { column: startedHere(column), left: column }
    const type = keyType(column.type, other.type, params)
    return { column: { ...startedHere(column), type }, left: column, right: other }
  })
  const taken = new Set(left.columns.map(({ name }) => comparableName(name)))
  const onlyOne = new Set(left.columns.map(({ role }) => role).filter(standsOnce))
  const ofRight = right.columns
    .filter(({ name }) => !keys.some((key) => rightKey(key) === name))
    .map((column): JoinedColumn => {
      const name = taken.has(comparableName(column.name)) ? `${column.name}${params.suffix}` : column.name
      const role = onlyOne.has(column.role) ? 'ignore' : column.role
      return { column: { ...startedHere(column), name, role }, right: column }
    })
  return [...ofLeft, ...ofRight]
}

const standsOnce = (role: Column['role']): boolean => role === 'target' || role === 'weight'

/** Where rows of the right table stand alone, a key also holds what only the right table says. */
function keyType(left: ColumnType, right: ColumnType, { kind }: JoinParams): ColumnType {
  return kind === 'right' || kind === 'full' ? (comparableType(left, right) ?? left) : left
}

/** The type in which two columns can be compared. */
export function comparableType(a: ColumnType, b: ColumnType): ColumnType | undefined {
  if (a === b) return a
  const pair = new Set([a, b])
  if (pair.has('number') && pair.has('integer')) return 'number'
  return pair.has('date') && pair.has('datetime') ? 'datetime' : undefined
}

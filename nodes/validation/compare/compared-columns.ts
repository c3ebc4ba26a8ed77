import { columnNamed, type Column } from '../../../src/core/columns.ts'

interface MatchedColumn {
  before: Column
  after: Column
}

/** How the columns of two tables differ. */
export interface ComparedColumns {
  /** In both, of types whose values can be compared, in the order of the first table. */
  matched: MatchedColumn[]
  added: string[]
  removed: string[]
  retyped: { column: string; before: Column['type']; after: Column['type'] }[]
  /** Whether columns of both stand in another order. */
  reordered: boolean
}

type Columns = { columns: readonly Column[] }

export function comparedColumns(before: Columns, after: Columns, ignore: readonly string[]): ComparedColumns {
  const both = before.columns.flatMap((column) => {
    const other = columnNamed(after, column.name)
    return other ? [{ before: column, after: other }] : []
  })
  const shared = new Set(both.map(({ before: { name } }) => name))
  const inOrder = after.columns.filter(({ name }) => shared.has(name))
  return {
    matched: both.filter(
      (pair) => isComparable(pair.before.type, pair.after.type) && !ignore.includes(pair.before.name),
    ),
    added: namesBeside(after, shared),
    removed: namesBeside(before, shared),
    retyped: both.flatMap((pair) =>
      pair.before.type === pair.after.type
        ? []
        : [{ column: pair.before.name, before: pair.before.type, after: pair.after.type }],
    ),
    reordered: both.some((pair, index) => pair.before.name !== inOrder[index]!.name),
  }
}

const namesBeside = ({ columns }: Columns, shared: ReadonlySet<string>): string[] =>
  columns.flatMap(({ name }) => (shared.has(name) ? [] : [name]))

function isComparable(a: Column['type'], b: Column['type']): boolean {
  const isNumber = (type: Column['type']): boolean => type === 'number' || type === 'integer'
  return a !== 'vector' && (a === b || (isNumber(a) && isNumber(b)))
}

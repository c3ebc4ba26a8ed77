import type { Column, TableShape } from '../../src/core/columns.ts'
import type { NodeFinding } from '../../src/node-kit/propagation.ts'

/** Names that differ in nothing but capital letters A to Z cannot stand side by side in stored rows. */
export const comparableName = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Those of the things that are called like an earlier one. */
export function withTakenName<Named extends { name: string }>(named: readonly Named[]): Named[] {
  const seen = new Set<string>()
  return named.filter(({ name }) => {
    const key = comparableName(name)
    const isTaken = seen.has(key)
    seen.add(key)
    return isTaken
  })
}

/** An error where an outcome would have two columns of one name; `param` says where the later one was asked for. */
export function takenNames(columns: readonly { name: string; param: string | undefined }[]): NodeFinding[] {
  return withTakenName(columns).flatMap(({ name, param }) => [
    {
      code: 'name-taken',
      severity: 'error' as const,
      message: `Two columns of the outcome would be called “${name}” (capital letters make no difference).`,
      remedy: 'Give one of them another name.',
      ...(param !== undefined && { param }),
    },
  ])
}

/** An error for a named column that holds several numbers a row, which no row can be picked or compared by. */
export function encodedNames(
  table: TableShape,
  names: readonly string[],
  param: (index: number) => string,
): NodeFinding[] {
  return names.flatMap((name, index) => {
    const column = table.columns.find((each) => each.name === name)
    if (column?.type !== 'vector') return []
    return [
      {
        code: 'wrong-type',
        severity: 'error' as const,
        message: `“${name}” is encoded: it holds several numbers a row.`,
        remedy: 'Choose another column, or do this step before the one that encodes.',
        param: param(index),
      },
    ]
  })
}

/** An error where a table that starts a new recipe here has a column that rows cannot store. */
export function encodedColumns(table: TableShape, port: string): NodeFinding[] {
  const found = table.columns.find((column) => column.type === 'vector')
  if (!found) return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: `“${found.name}” is encoded, and this step writes rows anew, which hold no encoded columns.`,
      remedy: 'Do this step first, and encode afterwards.',
      port,
    },
  ]
}

/** An error for each name that stands twice in a list. */
export function repeatedNames(names: readonly string[], param: (index: number) => string): NodeFinding[] {
  return names.flatMap((name, index) => {
    if (names.indexOf(name) === index) return []
    return [
      {
        code: 'repeated-column',
        severity: 'error' as const,
        message: `The column “${name}” is named twice.`,
        remedy: 'Name it once.',
        param: param(index),
      },
    ]
  })
}

/** A column as it is in rows that are written anew. */
export const startedHere = ({ name, type, role, knownLater }: Column): Column => ({
  name,
  type,
  role,
  origin: 'start',
  ...(knownLater && { knownLater }),
})

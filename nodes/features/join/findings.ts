import { columnNamed, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { encodedColumns, encodedNames, takenNames } from '../column-names.ts'
import type { JoinParams } from './params.ts'
import { comparableType, joinedColumns, keepsRecipe, keysOf, rightKey } from './joined-columns.ts'

/** What is wrong with a join, as far as it can be known before any row is read. */
export function joinFindings(left: TableShape, right: TableShape, params: JoinParams): NodeFinding[] {
  if (!left.known || !right.known) return []
  const keys = keyFindings(left, right, params)
  if (keepsRecipe(params)) return keys
  const names = joinedColumns(left, right, params).map(({ column, left: ofLeft }) => ({
    name: column.name,
    param: ofLeft ? undefined : 'suffix',
  }))
  return [
    ...keys,
    ...encodedColumns(left, 'left'),
    ...encodedColumns(right, 'right'),
    ...takenNames(names).slice(0, 1),
    ...splitFindings(left, right, params),
  ]
}

function keyFindings(left: TableShape, right: TableShape, params: JoinParams): NodeFinding[] {
  const keys = keysOf(params)
  if (keys.length === 0 && params.kind !== 'cross') {
    return [
      {
        code: 'missing-column',
        severity: 'error',
        message: 'The join has no keys.',
        remedy: 'Choose the columns that are equal where rows belong together, or join each row with each.',
        param: 'keys',
      },
    ]
  }
  const leftNames = keys.map((key) => key.left)
  const rightNames = keys.map(rightKey)
  const onLeft = (index: number): string => `keys.${index}.left`
  const onRight = (index: number): string =>
    keys[index]!.right === undefined ? `keys.${index}.left` : `keys.${index}.right`
  return [
    ...unknownColumns({ table: left, names: leftNames, param: onLeft }),
    ...unknownColumns({ table: right, names: rightNames, param: onRight }),
    ...encodedNames(left, leftNames, onLeft),
    ...encodedNames(right, rightNames, onRight),
    ...keys.flatMap((key, index) => typeFinding(left, right, { key, param: onRight(index) })),
  ]
}

function typeFinding(
  left: TableShape,
  right: TableShape,
  { key, param }: { key: JoinParams['keys'][number]; param: string },
): NodeFinding[] {
  const a = columnNamed(left, key.left)
  const b = columnNamed(right, rightKey(key))
  if (!a || !b || comparableType(a.type, b.type)) return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: `“${a.name}” is ${a.type} on the left and “${b.name}” is ${b.type} on the right: they are never equal.`,
      remedy: 'Give both one type, where the files are read or with “Cast types”.',
      param,
    },
  ]
}

function splitFindings(left: TableShape, right: TableShape, { kind }: JoinParams): NodeFinding[] {
  const finding = (message: string, remedy: string, port: 'left' | 'right'): NodeFinding[] => [
    { code: 'mixed-split', severity: 'error', message, remedy, port },
  ]
  if (right.split && !left.split) {
    return finding(
      'The right table is split and the left is not, so the outcome would be split neither way.',
      'Join the tables first and split afterwards, or exchange left and right.',
      'right',
    )
  }
  if (left.split && !right.split && (kind === 'right' || kind === 'full')) {
    return finding(
      'The left table is split, and rows of the right table alone would be in none of its parts.',
      'Join the tables first and split afterwards, or choose an inner or left join.',
      'left',
    )
  }
  const differ = left.splitBy !== undefined && right.splitBy !== undefined && left.splitBy !== right.splitBy
  if (!left.split || !right.split || !differ) return []
  return finding(
    'The two tables were split by different steps, so a row may train on one side and test on the other.',
    'Join the tables first and split afterwards, or feed both from the same split.',
    'right',
  )
}

import { isNumeric, type Column } from '../columns.ts'
import { unknownColumn } from '../unknown-column.ts'
import {
  madeFromEach,
  protectedColumn,
  takenName,
  wrongType,
  type MadeColumns,
  type TransformProblem,
} from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

type Params = TransformParams<'select-features'>

export function selectFeaturesColumns(columns: readonly Column[], params: Params): MadeColumns {
  const { problems } = madeFromEach(columns, params.columns, (column) => {
    if (!isNumeric(column.type) && column.type !== 'vector')
      return wrongType(column, 'only numbers are selected', 'Encode the column before, or leave it out.')
    return protectedColumn(column) ?? []
  })
  if (columns.some(({ name }) => name === params.name && !params.columns.includes(name)))
    problems.push({ ...takenName(params.name, params.columns[0]!), param: 'name' })
  const problem = 'target' in params ? targetProblem(columns, params) : undefined
  if (problem) problems.push({ ...problem, param: 'target' })
  const column: Column = { name: params.name, type: 'vector', role: 'feature', origin: 'recipe' }
  return { made: [{ column, from: params.columns }], problems, dropped: params.columns }
}

function targetProblem(
  columns: readonly Column[],
  { target: name, method }: Extract<Params, { target: string }>,
): Omit<TransformProblem, 'param'> | undefined {
  const target = columns.find((column) => column.name === name)
  if (!target) return unknownColumn(name, columns)
  if (target.type === 'text' || target.type === 'boolean') return undefined
  if (target.type !== 'number' && target.type !== 'integer')
    return wrongType(target, 'features have no scores for it', 'Choose a target of numbers or classes.')
  if (method !== 'chi-squared') return undefined
  return wrongType(target, 'chi-squared needs classes', 'Take the F-test, or cast the target to text before.')
}

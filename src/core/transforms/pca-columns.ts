import { isNumeric, type Column } from '../columns.ts'
import { madeFromEach, protectedColumn, takenName, wrongType, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function pcaColumns(columns: readonly Column[], params: TransformParams<'pca'>): MadeColumns {
  const { problems } = madeFromEach(columns, params.columns, (column) => {
    if (!isNumeric(column.type) && column.type !== 'vector')
      return wrongType(
        column,
        'only numbers have principal components',
        'Encode the column, or leave it out.',
      )
    return protectedColumn(column) ?? []
  })
  const stays = (name: string) => params.keep || !params.columns.includes(name)
  if (columns.some(({ name }) => name === params.name && stays(name)))
    problems.push({ ...takenName(params.name, params.columns[0]!), param: 'name' })
  const column: Column = { name: params.name, type: 'vector', role: 'feature', origin: 'recipe' }
  return {
    made: [{ column, from: params.columns }],
    problems,
    ...(!params.keep && { dropped: params.columns }),
  }
}

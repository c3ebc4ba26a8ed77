import type { Column } from '../columns.ts'
import { madeFromEach, protectedColumn, remade, wrongType, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function scaleColumns(columns: readonly Column[], params: TransformParams<'scale'>): MadeColumns {
  const { made, problems } = madeFromEach(columns, params.columns, (column) => {
    if (column.type === 'text' || column.type === 'vector')
      return wrongType(column, 'only numbers can be scaled', 'Leave the column out here.')
    return protectedColumn(column) ?? [{ column: remade(column, 'number'), from: [column.name] }]
  })
  const bounds = params.method === 'min-max' ? 'range' : params.method === 'robust' ? 'quantiles' : undefined
  const [low, high] =
    params.method === 'min-max' ? params.range : params.method === 'robust' ? params.quantiles : [0, 1]
  if (bounds && low >= high)
    problems.push({
      code: 'bad-value',
      message: `${low} is not below ${high}.`,
      remedy: 'Give the lower bound first.',
      param: bounds,
    })
  return { made, problems }
}

import type { Column } from '../columns.ts'
import { madeFromEach, numberProblem, remade, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function binColumns(columns: readonly Column[], params: TransformParams<'bin'>): MadeColumns {
  const type = params.output === 'one-hot' ? 'vector' : 'integer'
  const { made, problems } = madeFromEach(columns, params.columns, (column) => {
    return (
      numberProblem(column, 'only numbers can be binned') ?? [
        { column: remade(column, type), from: [column.name] },
      ]
    )
  })
  const edges = params.method === 'edges' ? params.edges : []
  const wrong = edges.findIndex((edge, index) => index > 0 && edge <= edges[index - 1]!)
  if (wrong > 0)
    problems.push({
      code: 'bad-value',
      message: `The edge ${edges[wrong]} does not lie above ${edges[wrong - 1]}.`,
      remedy: 'Give the edges from the lowest to the highest, each once.',
      param: `edges.${wrong}`,
    })
  return { made, problems }
}

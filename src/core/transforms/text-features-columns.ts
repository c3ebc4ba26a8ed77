import type { Column } from '../columns.ts'
import { madeFromEach, protectedColumn, remade, wrongType, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function textFeaturesColumns(
  columns: readonly Column[],
  params: TransformParams<'text-features'>,
): MadeColumns {
  const { made, problems } = madeFromEach(columns, params.columns, (column) => {
    if (column.type !== 'text')
      return wrongType(column, 'only texts have words', 'Leave the column out here.')
    return protectedColumn(column) ?? [{ column: remade(column, 'vector'), from: [column.name] }]
  })
  const [fewest, most] = params.words
  if (fewest > most)
    problems.push({
      code: 'bad-value',
      message: `${fewest} words are more than ${most}.`,
      remedy: 'Give the fewest words of a term first.',
      param: 'words',
    })
  return { made, problems }
}

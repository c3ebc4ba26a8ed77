import type { Column } from '../columns.ts'
import { madeFromEach, numberProblem, remade, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

export function clipColumns(columns: readonly Column[], params: TransformParams<'clip'>): MadeColumns {
  const { made, problems } = madeFromEach(columns, params.columns, (column) => {
    return (
      numberProblem(column, 'only numbers can be clipped') ?? [
        { column: remade(column, clippedType(column, params)), from: [column.name] },
      ]
    )
  })
  const [low, high] = params.method === 'bounds' ? [params.lower, params.upper] : params.quantiles
  if (low === null && high === null)
    problems.push({
      code: 'bad-value',
      message: 'There is neither a lower nor an upper bound.',
      remedy: 'Give at least one of them, or take quantiles.',
      param: 'lower',
    })
  if (low !== null && high !== null && low >= high)
    problems.push({
      code: 'bad-value',
      message: `${low} is not below ${high}.`,
      remedy: 'Give the lower bound first.',
      param: params.method === 'bounds' ? 'lower' : 'quantiles',
    })
  return { made, problems }
}

/** Whole numbers stay whole between whole bounds; a quantile need not be whole. */
function clippedType({ type }: Column, params: TransformParams<'clip'>): Column['type'] {
  if (params.method === 'quantiles') return 'number'
  const isWhole = [params.lower, params.upper].every((bound) => bound === null || Number.isInteger(bound))
  return isWhole ? type : 'number'
}

import type { MeasuredSlice } from './slices.ts'

/** What slices are ranked by, the loss that speaks about every row. */
const lossOf = { classes: 'log_loss', numbers: 'rmse' } as const

/** The slices with the highest loss first; those where it is not defined last. */
export function worstFirst<Kind extends MeasuredSlice>(
  slices: readonly Kind[],
  task: 'classes' | 'numbers',
): Kind[] {
  const loss = ({ metrics }: Kind): number => metrics[lossOf[task]] ?? -Infinity
  return slices.toSorted((a, b) => loss(b) - loss(a))
}

import type { MeasuredSlice } from './slices.ts'

/** What slices are ranked by, the loss that speaks about every row. */
const lossOf = { classes: 'log_loss', numbers: 'rmse' } as const

/** The slices with the highest loss first; those where it is not defined last. */
export function worstFirst(slices: readonly MeasuredSlice[], task: 'classes' | 'numbers'): MeasuredSlice[] {
  const loss = ({ metrics }: MeasuredSlice): number => metrics[lossOf[task]] ?? -Infinity
  return slices.toSorted((a, b) => loss(b) - loss(a))
}

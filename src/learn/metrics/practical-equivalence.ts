import type { Interval } from './bootstrap.ts'

/** What rows tell of two models by a metric. */
export type Verdict = 'better' | 'worse' | 'equivalent' | 'undecided'

const lowerIsBetter: ReadonlySet<string> = new Set([
  'log_loss',
  'brier_score',
  'mae',
  'rmse',
  'mape',
  'median_absolute_error',
])

/**
 * How the second model stands to the first: equivalent where the whole interval of the difference lies within `margin` of
 * 0 (the region of practical equivalence, Kruschke 2018), better or worse where all of it lies beyond, else undecided.
 */
export function verdictOf(metric: string, { low, high }: Interval, margin: number): Verdict {
  if (low >= -margin && high <= margin) return 'equivalent'
  const isLowerBetter = lowerIsBetter.has(metric)
  if (low > margin) return isLowerBetter ? 'worse' : 'better'
  if (high < -margin) return isLowerBetter ? 'better' : 'worse'
  return 'undecided'
}

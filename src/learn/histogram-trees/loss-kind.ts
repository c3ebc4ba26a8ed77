/** What boosting lowers. `level` is the share of rows that should lie below the answer. */
export type LossKind =
  | { name: 'logistic' }
  | { name: 'softmax'; classes: number }
  | { name: 'squared' }
  | { name: 'absolute' }
  | { name: 'quantile'; level: number }
  | { name: 'poisson' }

/** Losses whose second derivative is the row's weight alone. */
export const hasConstantHessian = ({ name }: LossKind): boolean =>
  name === 'squared' || name === 'absolute' || name === 'quantile'

/** Losses whose best leaf value is a quantile of what is left to explain; null for others. */
export function quantileOfLeaves(kind: LossKind): number | null {
  if (kind.name === 'absolute') return 0.5
  return kind.name === 'quantile' ? kind.level : null
}

import type { ColumnSketch } from '../../core/sketch-schema.ts'
import { sketchShares } from '../../core/sketch-shares.ts'

type Numbers = NonNullable<Extract<ColumnSketch, { numbers: unknown }>['numbers']>

/** The value below which a share (0 … 1) of a column's values lie, straight between the quantiles that are known. */
export function quantileAt({ min, max, quantiles }: Numbers, share: number): number {
  const shares = [0, ...sketchShares, 1]
  const values = [min, ...quantiles, max]
  const above = Math.max(
    1,
    shares.findIndex((each) => each >= share),
  )
  const [low, high] = [shares[above - 1]!, shares[above]!]
  const part = (share - low) / (high - low)
  return values[above - 1]! + part * (values[above]! - values[above - 1]!)
}

/**
 * What a metric comes to. Where it is not defined `value` is null, or the number that scikit-learn gives by convention;
 * `reason` then says why, in a whole sentence.
 */
export interface MetricValue {
  value: number | null
  reason?: string
}

export const defined = (value: number): MetricValue => ({ value })
export const undefinedBecause = (reason: string): MetricValue => ({ value: null, reason })
export const byConvention = (value: number, reason: string): MetricValue => ({ value, reason })

/** A mean over rows, or that there are none. */
export const meanOrNone = (mean: number | null): MetricValue =>
  mean === null ? undefinedBecause('There are no rows.') : defined(mean)

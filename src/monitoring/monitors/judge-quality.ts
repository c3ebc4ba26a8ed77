import type { QualityMetric } from '../../core/monitor-metrics.ts'
import type { MonitorSpec } from '../../core/monitor.ts'
import type { MeasuredQuality } from './measure-quality.ts'

/** A metric of a window beside that of the held-out rows. */
export interface JudgedQuality {
  reference: number | null
  /** From here on it is worse by more than the margin. */
  limit: number | null
  isBeyond: boolean
}

/** The 97.5 % quantile of the standard normal distribution. */
export const normal975 = 1.959963984540054

/**
 * Quality has dropped when it is worse than on the held-out rows by more than the margin, and by more than the standard
 * errors of both allow for (95 %).
 */
export function judgeQuality(
  measured: MeasuredQuality,
  before: MeasuredQuality | undefined,
  { margin }: MonitorSpec['quality'],
): JudgedQuality {
  if (!before) return { reference: null, limit: null, isBeyond: false }
  const limit = limitOf(before, margin)
  const isWorse = isError[measured.metric] ? measured.value > limit : measured.value < limit
  const error = Math.hypot(measured.error, before.error)
  return {
    reference: before.value,
    limit,
    isBeyond: isWorse && Math.abs(measured.value - before.value) > normal975 * error,
  }
}

export function limitOf(
  { metric, value }: Pick<MeasuredQuality, 'metric' | 'value'>,
  margin: number,
): number {
  if (!isError[metric]) return value - margin
  return metric === 'quality-calibration-error' ? value + margin : value * (1 + margin)
}

/** Of which less is better. */
const isError: Readonly<Record<QualityMetric, boolean>> = {
  'quality-accuracy': false,
  'quality-auc': false,
  'quality-log-loss': true,
  'quality-calibration-error': true,
  'quality-f1': false,
  'quality-mae': true,
  'quality-rmse': true,
  'quality-r2': false,
  'quality-score': false,
}

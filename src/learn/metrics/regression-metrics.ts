import type { EstimatedRows } from './measured-rows.ts'
import { undefinedBecause, type MetricValue } from './metric-value.ts'
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
  rootMeanSquaredError,
  rSquared,
} from './regression-errors.ts'

export type RegressionMetricName = 'mae' | 'rmse' | 'r2' | 'mape' | 'median_absolute_error'

/** All metrics of predicted numbers. A prediction that is no number leaves none defined. */
export function regressionMetrics(rows: EstimatedRows): Record<RegressionMetricName, MetricValue> {
  const unusable = rows.predicted.filter((value) => !Number.isFinite(value)).length
  if (unusable > 0) {
    const none = undefinedBecause(`For ${unusable} rows the model answers with no finite number.`)
    return { mae: none, rmse: none, r2: none, mape: none, median_absolute_error: none }
  }
  return {
    mae: meanAbsoluteError(rows),
    rmse: rootMeanSquaredError(rows),
    r2: rSquared(rows),
    mape: meanAbsolutePercentageError(rows),
    median_absolute_error: medianAbsoluteError(rows),
  }
}

import { calibrationCurve, type CalibrationCurve } from '../../../src/learn/metrics/calibration-curve.ts'
import {
  classificationMetrics,
  scoresOf,
  type AnsweredRows,
} from '../../../src/learn/metrics/classification-metrics.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import { regressionMetrics } from '../../../src/learn/metrics/regression-metrics.ts'
import { thinCurve } from '../../../src/learn/metrics/thin-curve.ts'
import type { Judged } from './judge-model.ts'

type Curve = Readonly<Record<string, readonly number[]>>

export interface Measured {
  metrics: Readonly<Record<string, MetricValue>>
  /** Classes: weight of the rows by true class (first index) and answered class. */
  confusion?: readonly (readonly number[])[]
  roc?: Curve
  precisionRecall?: Curve
  calibration?: CalibrationCurve
}

/** Compares the answers of a model with the true ones. */
export function measureModel({ answers }: Judged, { curvePoints }: { curvePoints: number }): Measured {
  return answers.task === 'numbers'
    ? { metrics: regressionMetrics(answers.rows) }
    : measureClasses(answers.rows, curvePoints)
}

function measureClasses(rows: AnsweredRows, curvePoints: number): Measured {
  const { metrics, confusion, roc, precisionRecall } = classificationMetrics(rows)
  const thin = (curve: object): Curve => thinCurve({ ...(curve as Curve) }, curvePoints)
  return {
    metrics,
    confusion,
    ...(roc && { roc: thin(roc) }),
    ...(precisionRecall && { precisionRecall: thin(precisionRecall) }),
    ...(rows.positive !== undefined && {
      calibration: calibrationCurve(scoresOf(rows, rows.positive), { bins: 10, strategy: 'uniform' }),
    }),
  }
}

import { calibrationCurve, type CalibrationCurve } from '../../../src/learn/metrics/calibration-curve.ts'
import {
  classificationMetrics,
  scoresOf,
  type AnsweredRows,
} from '../../../src/learn/metrics/classification-metrics.ts'
import type { EstimatedRows, ScoredRows } from '../../../src/learn/metrics/measured-rows.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import { gainCurveOf } from '../../../src/learn/metrics/gain-curve.ts'
import { analyseResiduals, type ResidualAnalysis } from '../../../src/learn/metrics/residuals.ts'
import { scoreSteps } from '../../../src/learn/metrics/score-steps.ts'
import {
  meanCost,
  thresholdTable,
  type CheapestThreshold,
  type CostMatrix,
} from '../../../src/learn/metrics/threshold-table.ts'
import { outcomeAt } from '../../../src/learn/threshold-outcome.ts'
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
  /** Two classes: shares of rows, highest score first, captured positives and lift. */
  gain?: Curve
  /** Two classes: what comes of each threshold, with the mean cost of a row. */
  thresholds?: Curve
  costs?: CostsOfModel
  /** Amounts: how far answers are from the truth. */
  residuals?: ResidualAnalysis
}

export interface CostsOfModel {
  matrix: CostMatrix
  /** At the threshold of the model: the mean cost of a row. */
  own: CheapestThreshold
  cheapest: CheapestThreshold
}

export interface MeasureOptions {
  curvePoints: number
  costs: CostMatrix
  /** Two classes: from where on the model answers with the positive one. */
  threshold: number
  /** The place of each row among those that were asked for. */
  places: Uint32Array
}

/** Compares the answers of a model with the true ones. */
export function measureModel({ answers }: Judged, options: MeasureOptions): Measured {
  return answers.task === 'numbers'
    ? measureNumbers(answers.rows, options)
    : measureClasses(answers.rows, options)
}

function measureNumbers(rows: EstimatedRows, { places }: MeasureOptions): Measured {
  const metrics = regressionMetrics(rows)
  const residuals = analyseResiduals(rows, { ranges: 10, largest: 20 })
  if (!residuals) return { metrics }
  const largest = residuals.largest.map((each) => ({ ...each, row: places[each.row]! }))
  return { metrics, residuals: { ...residuals, largest } }
}

function measureClasses(rows: AnsweredRows, options: MeasureOptions): Measured {
  const { metrics, confusion, roc, precisionRecall } = classificationMetrics(rows)
  const thin = (curve: object): Curve => thinCurve({ ...(curve as Curve) }, options.curvePoints)
  return {
    metrics,
    confusion,
    ...(roc && { roc: thin(roc) }),
    ...(precisionRecall && { precisionRecall: thin(precisionRecall) }),
    ...(rows.positive !== undefined && measureScores(scoresOf(rows, rows.positive), options)),
  }
}

/** What only two classes have. */
function measureScores(
  scored: ScoredRows,
  { costs, threshold, curvePoints }: MeasureOptions,
): Pick<Measured, 'calibration' | 'gain' | 'thresholds' | 'costs'> {
  const steps = scoreSteps(scored)
  const gain = gainCurveOf(steps, curvePoints)
  const { table, cheapest } = thresholdTable(scored, costs, { points: curvePoints, steps })
  const own = { threshold, cost: meanCost(outcomeAt(scored, threshold), costs) }
  return {
    calibration: calibrationCurve(scored, { bins: 10, strategy: 'uniform' }),
    ...(gain && { gain: { ...gain } }),
    thresholds: { ...table },
    costs: { matrix: costs, own, cheapest },
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, ReportData } from '../../../src/core/artifacts.ts'
import { calibrateRows, fitCalibrations, withCalibration } from '../../../src/learn/calibration/calibrate.ts'
import type { Calibration } from '../../../src/learn/calibration/calibration.ts'
import { calibrationCurve } from '../../../src/learn/metrics/calibration-curve.ts'
import {
  classificationMetrics,
  scoresOf,
  type AnsweredRows,
} from '../../../src/learn/metrics/classification-metrics.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeReport } from '../../write-report.ts'
import { readClassAnswers } from '../class-answers.ts'
import { requireTarget } from '../require-target.ts'
import { readAnswers } from '../true-answers.ts'
import { writeModel } from '../write-model.ts'
import { calibrate } from './definition.ts'

type Context = ContextOf<typeof calibrate>

/** The metrics that calibration is about. */
const compared = ['log_loss', 'brier_score'] as const

export const run = defineRun(calibrate, async ({ model, table }, { method }, context) => {
  requireTarget(model.data)
  const { name, classes = [] } = model.data.target
  const answers = await readAnswers(context, table.data, { target: name, rows: 'validation' })
  const rows = await readClassAnswers(context, { model, table: table.data, answers, rows: 'validation' })
  const calibrations = fitCalibrations(rows, { method, classes })
  const { threshold } = model.data
  if (threshold !== undefined && threshold !== 0.5) {
    context.log(
      'warning',
      `The model had a threshold of ${threshold}, chosen for the probabilities before; it answers from 0.5 on now. ` +
        'Put “Choose threshold” after this step.',
    )
  }
  return {
    model: await calibratedModel(context, model, calibrations),
    report: await writeReport(context, reportOf(rows, calibrations, method)),
  }
})

async function calibratedModel(
  context: Context,
  { hash, data }: Artifact<'model'>,
  calibrations: readonly Calibration[],
): Promise<Artifact<'model'>> {
  const folder = context.artifacts.folder(hash)
  const { classes = [], positive } = data.target
  const before = await readFile(join(folder, 'model.onnx'))
  const bytes = withCalibration(
    before,
    { classes, ...(positive !== undefined && { positive }) },
    calibrations,
  )
  const sketch: unknown = JSON.parse(await readFile(join(folder, 'sketch.json'), 'utf8'))
  return writeModel(context, {
    data: { ...data, ...(data.threshold !== undefined && { threshold: 0.5 }) },
    bytes,
    sketch,
  })
}

function reportOf(
  rows: AnsweredRows,
  calibrations: readonly Calibration[],
  method: Calibration['method'],
): ReportData {
  const after = { ...rows, probabilities: calibrateRows(rows, calibrations) }
  const metrics = { before: metricsOf(rows), after: metricsOf(after) }
  const content = {
    method,
    rows: rows.actual.length,
    calibrations,
    metrics,
    ...(rows.positive !== undefined && { curve: { before: curveOf(rows), after: curveOf(after) } }),
  }
  return {
    type: 'calibration',
    metrics: Object.fromEntries(
      Object.entries(metrics.after).map(([metric, value]) => [`validation_${metric}`, value]),
    ),
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}

function metricsOf(rows: AnsweredRows): Record<string, number> {
  const { metrics } = classificationMetrics(rows)
  return Object.fromEntries(
    compared.flatMap((metric) => {
      const value = metrics[metric]?.value ?? null
      return value === null ? [] : [[metric, value]]
    }),
  )
}

const curveOf = (rows: AnsweredRows) =>
  calibrationCurve(scoresOf(rows, rows.positive!), { bins: 10, strategy: 'uniform' })

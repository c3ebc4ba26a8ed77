import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { RowScope } from '../../../src/core/columns.ts'
import type { Metrics } from '../../../src/learn/metrics/bootstrap.ts'
import {
  classificationMetrics,
  metricsWith,
  prepareRows,
  type AnsweredRows,
} from '../../../src/learn/metrics/classification-metrics.ts'
import type { EstimatedRows } from '../../../src/learn/metrics/measured-rows.ts'
import { regressionMetrics } from '../../../src/learn/metrics/regression-metrics.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { readClassAnswers } from '../class-answers.ts'
import type { TrueAnswers } from '../true-answers.ts'
import type { evaluate } from './definition.ts'

type Context = ContextOf<typeof evaluate>

/** A model’s answers for the rows that have a true one, to be measured in whole, in part, or weighted anew. */
export interface Judged {
  answers: { task: 'classes'; rows: AnsweredRows } | { task: 'numbers'; rows: EstimatedRows }
  metricsOf(chosen: { rows: Uint32Array } | { weights: Float64Array }): Metrics
}

/** Lets a model answer for the rows that have a true answer. */
export async function judgeModel(
  context: Context,
  judging: { model: Artifact<'model'>; table: TableData; answers: TrueAnswers; rows: RowScope },
): Promise<Judged> {
  if (judging.model.data.task !== 'regression') {
    const rows = await readClassAnswers(context, judging)
    const prepared = prepareRows(rows)
    return {
      answers: { task: 'classes', rows },
      metricsOf: (chosen) =>
        'rows' in chosen
          ? classificationMetrics(pickAnswered(rows, chosen.rows)).metrics
          : metricsWith(prepared, chosen.weights),
    }
  }
  const rows = await readEstimates(context, judging)
  return {
    answers: { task: 'numbers', rows },
    metricsOf: (chosen) =>
      regressionMetrics('rows' in chosen ? pickEstimated(rows, chosen.rows) : { ...rows, ...chosen }),
  }
}

async function readEstimates(
  context: Context,
  { model, table, answers, rows }: Parameters<typeof judgeModel>[1],
): Promise<EstimatedRows> {
  const predicted = new Float64Array(answers.count)
  for await (const { firstRow, outputs } of scoreModel(context, model, table, { rows })) {
    predicted.set(outputs['value'] as Float64Array, firstRow)
  }
  const { numbers: actual, kept, weights } = answers
  return { actual, predicted: Float64Array.from(kept, (row) => predicted[row]!), weights }
}

function pickAnswered(rows: AnsweredRows, chosen: Uint32Array): AnsweredRows {
  const { classes, actual, predicted, probabilities, weights } = rows
  const picked = new Float32Array(chosen.length * classes)
  for (const [index, row] of chosen.entries())
    picked.set(probabilities.subarray(row * classes, (row + 1) * classes), index * classes)
  return {
    ...rows,
    actual: Uint16Array.from(chosen, (row) => actual[row]!),
    predicted: Uint16Array.from(chosen, (row) => predicted[row]!),
    probabilities: picked,
    weights: weights && Float64Array.from(chosen, (row) => weights[row]!),
  }
}

function pickEstimated({ actual, predicted, weights }: EstimatedRows, chosen: Uint32Array): EstimatedRows {
  return {
    actual: Float64Array.from(chosen, (row) => actual[row]!),
    predicted: Float64Array.from(chosen, (row) => predicted[row]!),
    weights: weights && Float64Array.from(chosen, (row) => weights[row]!),
  }
}

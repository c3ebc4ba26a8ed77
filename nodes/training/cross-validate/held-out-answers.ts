import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import {
  classificationMetrics,
  type AnsweredRows,
  type ClassificationReport,
} from '../../../src/learn/metrics/classification-metrics.ts'
import type { EstimatedRows } from '../../../src/learn/metrics/measured-rows.ts'
import type { MetricValue } from '../../../src/learn/metrics/metric-value.ts'
import { regressionMetrics } from '../../../src/learn/metrics/regression-metrics.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { RowChoice } from '../../../src/recipe/read-chosen-rows.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { readClassAnswers } from '../class-answers.ts'
import { readAnswers } from '../true-answers.ts'

/** Answers for rows held out, beside the true ones; codes are those of `classes`. */
export type HeldOutAnswers =
  | { kind: 'classes'; classes: readonly string[]; rows: AnsweredRows }
  | { kind: 'numbers'; rows: EstimatedRows }

export async function answerHeldOut(
  context: RunContext<'unknown-class'>,
  model: Artifact<'model'>,
  { table, rows }: { table: TableData; rows: RowChoice },
): Promise<HeldOutAnswers> {
  const { target, task } = model.data
  const answers = await readAnswers(context, table, { target: target.name, rows })
  if (task !== 'regression') {
    const answered = await readClassAnswers(context, { model, table, answers, rows })
    return { kind: 'classes', classes: target.classes!, rows: answered }
  }
  const predicted = new Float64Array(answers.count)
  for await (const { firstRow, outputs } of scoreModel(context, model, table, { rows }))
    predicted.set(outputs['value'] as Float64Array, firstRow)
  const { numbers: actual, weights } = answers
  return { kind: 'numbers', rows: { actual, predicted, weights } }
}

export type Metrics = Readonly<Record<string, MetricValue>>

export function measureAnswers(answers: HeldOutAnswers): {
  metrics: Metrics
  confusion?: ClassificationReport['confusion']
} {
  if (answers.kind === 'numbers') return { metrics: regressionMetrics(answers.rows) }
  const { metrics, confusion } = classificationMetrics(answers.rows)
  return { metrics, confusion }
}

/** The answers of all folds, one after the other, with the codes of all classes. */
export function joinAnswers(
  folds: readonly HeldOutAnswers[],
  { classes, positive }: { classes: readonly string[]; positive: string | undefined },
): HeldOutAnswers {
  const numbers = folds.flatMap((answers) => (answers.kind === 'numbers' ? [answers.rows] : []))
  if (numbers.length > 0) {
    const rows = {
      actual: joinFloats(numbers.map(({ actual }) => actual)),
      predicted: joinFloats(numbers.map(({ predicted }) => predicted)),
      weights: joinWeights(numbers),
    }
    return { kind: 'numbers', rows }
  }
  const recoded = folds.flatMap((answers) =>
    answers.kind === 'classes' ? [recodeRows(answers.rows, codesIn(answers.classes, classes))] : [],
  )
  const rows: AnsweredRows = {
    classes: classes.length,
    positive: positive === undefined || classes.length > 2 ? undefined : classes.indexOf(positive),
    actual: joinCodes(recoded.map(({ actual }) => actual)),
    predicted: joinCodes(recoded.map(({ predicted }) => predicted)),
    probabilities: joinProbabilities(recoded, classes.length),
    weights: joinWeights(recoded),
  }
  return { kind: 'classes', classes, rows }
}

interface RecodedRows extends AnsweredRows {
  codes: readonly number[]
}

const codesIn = (some: readonly string[], all: readonly string[]): number[] =>
  some.map((name) => all.indexOf(name))

function recodeRows(rows: AnsweredRows, codes: readonly number[]): RecodedRows {
  const recode = (values: Uint16Array): Uint16Array => values.map((code) => codes[code]!)
  return { ...rows, actual: recode(rows.actual), predicted: recode(rows.predicted), codes }
}

function joinProbabilities(folds: readonly RecodedRows[], classes: number): Float32Array {
  const rows = folds.reduce((sum, { actual }) => sum + actual.length, 0)
  const joined = new Float32Array(rows * classes)
  let row = 0
  for (const { actual, probabilities, codes } of folds) {
    for (let own = 0; own < actual.length; own++, row++) {
      for (const [index, code] of codes.entries())
        joined[row * classes + code] = probabilities[own * codes.length + index]!
    }
  }
  return joined
}

function joinWeights(folds: readonly { weights?: Float64Array | undefined }[]): Float64Array | undefined {
  const weights = folds.flatMap((rows) => rows.weights ?? [])
  return weights.length > 0 ? joinFloats(weights) : undefined
}

const joinFloats = (lists: readonly Float64Array[]): Float64Array =>
  joinInto(new Float64Array(totalLength(lists)), lists)

const joinCodes = (lists: readonly Uint16Array[]): Uint16Array =>
  joinInto(new Uint16Array(totalLength(lists)), lists)

const totalLength = (lists: readonly { length: number }[]): number =>
  lists.reduce((sum, { length }) => sum + length, 0)

function joinInto<Numbers extends Float64Array | Uint16Array>(
  joined: Numbers,
  lists: readonly Numbers[],
): Numbers {
  let at = 0
  for (const list of lists) {
    joined.set(list, at)
    at += list.length
  }
  return joined
}

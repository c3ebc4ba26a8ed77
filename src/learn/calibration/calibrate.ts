import { ruleOutput, topOutput } from '../../core/answer-names.ts'
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { emitClassAnswer, type ClassAnswer } from '../emit-class-answer.ts'
import { learnError } from '../errors.ts'
import { scoresOf, type AnsweredRows } from '../metrics/classification-metrics.ts'
import type { ScoredRows } from '../metrics/measured-rows.ts'
import { applyCalibration } from './apply-calibration.ts'
import { logOdds, type Calibration } from './calibration.ts'
import { emitCalibration } from './emit-calibration.ts'
import { fitIsotonic } from './fit-isotonic.ts'
import { fitSigmoid } from './fit-sigmoid.ts'

/**
 * Learns what the probabilities of a classifier are worth, from rows that did not train it: for two classes that of the
 * positive one, else of each class against the rest. Throws `learn.no-rows-to-calibrate` and `learn.class-not-calibrated`.
 */
export function fitCalibrations(
  rows: AnsweredRows,
  { method, classes }: { method: Calibration['method']; classes: readonly string[] },
): Calibration[] {
  if (rows.actual.length === 0) throw learnError('no-rows-to-calibrate')
  const codes = rows.positive === undefined ? Array.from(classes.keys()) : [rows.positive]
  return codes.map((code) => {
    const scored = scoresOf(rows, code)
    const seen = new Set(scored.positive.filter((_, row) => (scored.weights?.[row] ?? 1) > 0))
    if (seen.size < 2) throw learnError('class-not-calibrated', { class: classes[code]! })
    return method === 'isotonic'
      ? fitIsotonic(scored)
      : fitSigmoid({ ...scored, logOdds: logOddsOf(rows, scored, code) })
  })
}

function logOddsOf(rows: AnsweredRows, { scores }: ScoredRows, code: number): Float64Array {
  return Float64Array.from(scores, (score, row) => logOdds(score, complementOf(rows, row, code)))
}

/** The probability of all other classes: of two, that of the other, which has digits of its own. */
function complementOf({ classes, probabilities }: AnsweredRows, row: number, code: number): number {
  return classes === 2 ? probabilities[2 * row + 1 - code]! : 1 - probabilities[row * classes + code]!
}

/** The same rows with calibrated probabilities, as the graph rounds them. */
export function calibrateRows(rows: AnsweredRows, calibrations: readonly Calibration[]): Float32Array {
  const { classes, probabilities, positive } = rows
  const calibrated = new Float32Array(probabilities.length)
  for (let row = 0; row < rows.actual.length; row++) {
    const first = row * classes
    if (positive !== undefined) {
      const value = applyCalibration(
        calibrations[0]!,
        probabilities[first + positive]!,
        complementOf(rows, row, positive),
      )
      calibrated[first + positive] = value
      calibrated[first + 1 - positive] = 1 - value
      continue
    }
    const values = calibrations.map((calibration, code) =>
      applyCalibration(calibration, probabilities[first + code]!, complementOf(rows, row, code)),
    )
    const total = values.reduce((sum, value) => sum + value, 0)
    calibrated.set(
      values.map((value) => (total === 0 ? 1 / classes : value / total)),
      first,
    )
  }
  return calibrated
}

/**
 * A classifier whose probabilities are calibrated, and whose labels follow from these. `bytes` is a model with the
 * answers `label` and `probabilities`.
 */
export function withCalibration(
  bytes: Uint8Array,
  answer: ClassAnswer,
  calibrations: readonly Calibration[],
): Uint8Array {
  const { builder, answers } = GraphBuilder.extend(bytes)
  if (ruleOutput in answers) throw learnError('behind-rules')
  if (topOutput in answers) throw learnError('behind-ranking')
  const { probabilities } = answers
  if (probabilities === undefined) throw new TypeError('the model has no answer “probabilities”')
  const positive = answer.positive === undefined ? null : answer.classes.indexOf(answer.positive)
  const calibrated = emitCalibration(builder, probabilities, { calibrations, positive })
  const made = emitClassAnswer(builder, calibrated, answer)
  for (const name of Object.keys(answers)) {
    const value = name === 'label' ? made.label : name === 'probabilities' ? calibrated : answers[name]!
    builder.output(name, value)
  }
  return builder.toModel()
}

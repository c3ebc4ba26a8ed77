import { normal975 } from './judge-quality.ts'
import { measureQuality, type AnswerKind } from './measure-quality.ts'
import type { Reference } from './reference.ts'
import type { RowView } from './row-view.ts'

export interface ExpectedAccuracy {
  value: number
  low: number
  high: number
  rows: number
}

/**
 * The share of right answers that the probabilities promise: their mean confidence. Right answers are independent draws, so
 * the variance of their number is Σ p (1 − p). Null without probabilities.
 */
export function expectedAccuracy(view: RowView, { classes }: AnswerKind): ExpectedAccuracy | null {
  const { answers, probabilities } = view
  if (!classes || !probabilities || !answers) return null
  const codes = new Map(classes.map((name, code) => [name, code]))
  let [rows, sum, variance] = [0, 0, 0]
  for (let row = 0; row < view.rows; row++) {
    const code = codes.get(String(answers[row]))
    const confidence = code === undefined ? Number.NaN : probabilities[row * classes.length + code]!
    if (Number.isNaN(confidence)) continue
    rows += 1
    sum += confidence
    variance += confidence * (1 - confidence)
  }
  if (rows === 0) return null
  const value = sum / rows
  const half = (normal975 * Math.sqrt(variance)) / rows
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half), rows }
}

export interface Calibration {
  isCalibrated: boolean
  accuracy: number
  confidence: number
}

/** Confidence that is as much beside the truth as this is as good as calibrated. */
const tolerated = 0.02

/** Whether the confidence on held-out rows is the share of right answers there; null where that is not known. */
export function calibrationOf(reference: Reference, kind: AnswerKind): Calibration | null {
  if (!reference.isHeldOut) return null
  const expected = expectedAccuracy(reference.heldOut, kind)
  const found = measureQuality(reference.heldOut, reference.truths, kind)
  const accuracy = found.find(({ metric }) => metric === 'quality-accuracy')
  if (!expected || !accuracy) return null
  const allowed = tolerated + (expected.high - expected.low) / 2
  return {
    isCalibrated: Math.abs(accuracy.value - expected.value) <= allowed,
    accuracy: accuracy.value,
    confidence: expected.value,
  }
}

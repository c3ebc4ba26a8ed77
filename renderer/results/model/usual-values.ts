import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { sketchShares } from '../../../src/core/sketch-shares.ts'
import { valueText } from '../profile/value-text.ts'

/** The most frequent values of an input in training, as a file would have them. */
export function usualValues(sketch: ColumnSketch | undefined): readonly string[] {
  return (sketch?.top ?? []).map(({ value }) => rawText(value, sketch!))
}

/** Whether training has certainly not seen a text: where it saw only so many that all are known. */
export function isUnseen(sketch: ColumnSketch | undefined, text: string): boolean {
  if (sketch?.type !== 'text' || text === '' || !sketch.distinct.isExact) return false
  if (sketch.topMissed > 0 || sketch.top.length < sketch.distinct.count) return false
  return !sketch.top.some(({ value }) => value === text.slice(0, knownLength))
}

/** Of a text, in a sketch. */
const knownLength = 100

/** What a form starts from: the median of many numbers, else the most frequent value; '' where nothing is known. */
export function startText(sketch: ColumnSketch | undefined): string {
  if (!sketch) return ''
  const few = 12
  if ('numbers' in sketch && sketch.numbers && sketch.distinct.count > few) {
    const median = sketch.numbers.quantiles[sketchShares.indexOf(0.5)]!
    return rawText(sketch.type === 'integer' ? Math.round(median) : median, sketch)
  }
  const [first] = sketch.top
  return first ? rawText(first.value, sketch) : ''
}

/** Numbers without marks between thousands, so that they read as numbers. */
const rawText = (value: number | string, { type }: ColumnSketch): string =>
  type === 'number' || type === 'integer' ? String(value) : valueText(value, type)

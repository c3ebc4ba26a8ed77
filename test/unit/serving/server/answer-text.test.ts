import { expect, test } from 'vitest'
import { manyAnswersText } from '../../../../src/serving/server/answer-text.ts'
import type { ServedVersion } from '../../../../src/serving/server/serving-state.ts'

test('numbers are read as the very bits that were written, and what is none as null', () => {
  const given = [0, -0, 0.1, 5e-324, -1.7976931348623157e308, 2 ** 53 + 2, NaN, Infinity]
  const text = manyAnswersText(
    {
      model: 'm',
      version: 1,
      isFallback: false,
      outputs: { value: Float64Array.from(given), halves: Float32Array.from(given) },
      predictionIds: given.map(() => ''),
    },
    { classTexts: null } as ServedVersion,
  )
  const { predictions } = JSON.parse(text) as { predictions: { prediction: number; halves: number }[] }
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
  expect(predictions.map(({ prediction }) => prediction)).toEqual(given.map(finite))
  expect(predictions.map(({ halves }) => halves)).toEqual(given.map(Math.fround).map(finite))
})

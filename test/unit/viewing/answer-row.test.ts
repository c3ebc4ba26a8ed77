import { describe, expect, it } from 'vitest'
import type { ModelData } from '../../../src/core/artifacts.ts'
import { answerIn } from '../../../src/viewing/answer-row.ts'

const classifier = { target: { name: 'left', classes: ['no', 'yes'] } } as ModelData
const amounts = { target: { name: 'price' } } as ModelData

describe('the answer for a row', () => {
  it('is none where a missing value leaves the model without one', () => {
    const none = { answer: null, probabilities: null }
    expect(answerIn({ label: ['no'], probabilities: Float32Array.of(NaN, NaN) }, classifier)).toEqual(none)
    expect(answerIn({ value: Float64Array.of(NaN) }, amounts)).toEqual(none)
  })

  it('is what the model says else', () => {
    expect(answerIn({ label: ['yes'], probabilities: Float32Array.of(0.25, 0.75) }, classifier)).toEqual({
      answer: 'yes',
      probabilities: [
        { class: 'no', probability: 0.25 },
        { class: 'yes', probability: 0.75 },
      ],
    })
    expect(answerIn({ value: Float64Array.of(2) }, amounts)).toEqual({ answer: 2, probabilities: null })
  })
})

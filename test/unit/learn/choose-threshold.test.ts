import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PipewrightError } from '../../../src/core/errors.ts'
import { chooseThreshold, type ThresholdGoal } from '../../../src/learn/choose-threshold.ts'
import type { ScoredRows } from '../../../src/learn/metrics/measured-rows.ts'
import { outcomeAt, type ThresholdOutcome } from '../../../src/learn/threshold-outcome.ts'

const float32 = fc.float({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true })
const score = fc.oneof(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), float32)
const rows: fc.Arbitrary<ScoredRows> = fc
  .array(fc.record({ positive: fc.boolean(), score, weight: fc.integer({ min: 0, max: 3 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((list) => ({
    positive: Uint8Array.from(list, ({ positive }) => Number(positive)),
    scores: Float32Array.from(list, (each) => each.score),
    weights: Float64Array.from(list, ({ weight }) => weight),
  }))
  .filter(({ positive, weights }) => positive.some((flag, row) => flag === 1 && weights[row]! > 0))

const metric = fc.constantFrom('f1', 'accuracy', 'balanced_accuracy', 'precision', 'recall')
const goals: fc.Arbitrary<ThresholdGoal> = fc.oneof(
  metric.map((metric) => ({ method: 'best' as const, metric })),
  fc
    .constantFrom('precision', 'recall')
    .chain((metric) =>
      fc.constantFrom(0.25, 0.5, 0.8, 1).map((goal) => ({ method: 'reach' as const, metric, goal })),
    ),
  fc.record({
    method: fc.constant('costs' as const),
    falsePositiveCost: fc.integer({ min: 0, max: 9 }),
    falseNegativeCost: fc.integer({ min: 0, max: 9 }),
  }),
)

/** Every distinct score of a row with weight, and one above all, each looked at on its own. */
function everyOutcome(rows: ScoredRows): ThresholdOutcome[] {
  const scores = Array.from(rows.scores).filter((_, row) => rows.weights![row]! > 0)
  const above = new Float32Array(
    Uint32Array.of(new Uint32Array(Float32Array.of(Math.max(...scores)).buffer)[0]! + 1).buffer,
  )
  return [...new Set([above[0]!, ...scores])].map((threshold) => outcomeAt(rows, threshold))
}

function meritOf(goal: ThresholdGoal, outcome: ThresholdOutcome): number {
  switch (goal.method) {
    case 'best':
      return outcome[goal.metric]
    case 'reach':
      if (outcome[goal.metric] < goal.goal) return -Infinity
      return goal.metric === 'precision' ? outcome.recall : outcome.precision
    case 'costs':
      return -(
        goal.falsePositiveCost * outcome.falsePositives +
        goal.falseNegativeCost * outcome.falseNegatives
      )
  }
}

function chosenOrCode(rows: ScoredRows, goal: ThresholdGoal): ThresholdOutcome | string {
  try {
    return chooseThreshold(rows, goal, 'yes')
  } catch (error) {
    return (error as PipewrightError).code
  }
}

describe('choosing a threshold', () => {
  it('finds what trying every threshold finds', () => {
    fc.assert(
      fc.property(rows, goals, (rows, goal) => {
        const best = everyOutcome(rows)
          .filter((outcome) => meritOf(goal, outcome) > -Infinity)
          .toSorted(
            (a, b) =>
              meritOf(goal, b) - meritOf(goal, a) ||
              Math.abs(a.threshold - 0.5) - Math.abs(b.threshold - 0.5) ||
              b.threshold - a.threshold,
          )[0]
        expect(chosenOrCode(rows, goal)).toEqual(best ?? 'learn.threshold-unreachable')
      }),
      { numRuns: 500 },
    )
  })

  it('takes the one nearest to one half of equally good ones', () => {
    const rows = { positive: Uint8Array.of(1, 0, 0, 1), scores: Float32Array.of(0.9, 0.75, 0.375, 0.125) }
    const { threshold } = chooseThreshold(
      rows,
      { method: 'costs', falsePositiveCost: 0, falseNegativeCost: 0 },
      'yes',
    )
    expect(threshold).toBe(0.375)
  })

  it('never takes a row without a score for positive', () => {
    const rows = { positive: Uint8Array.of(1, 1, 0), scores: Float32Array.of(NaN, 0.75, 0.25) }
    expect(chooseThreshold(rows, { method: 'best', metric: 'f1' }, 'yes')).toMatchObject({
      threshold: 0.75,
      recall: 0.5,
      falseNegatives: 1,
    })
  })

  it('says how far it got where a goal is out of reach', () => {
    const rows = { positive: Uint8Array.of(0, 1), scores: Float32Array.of(0.9, 0.1) }
    expect(() => chooseThreshold(rows, { method: 'reach', metric: 'precision', goal: 0.8 }, 'yes')).toThrow(
      'No threshold reaches a precision of 0.8 on the validation rows; the best is 0.5.',
    )
  })

  it('asks for validation rows, and for positive ones', () => {
    const none = { positive: new Uint8Array(), scores: new Float32Array() }
    expect(() => chooseThreshold(none, { method: 'best', metric: 'f1' }, 'yes')).toThrow('no validation rows')
    const negative = { positive: Uint8Array.of(0), scores: Float32Array.of(0.5) }
    expect(() => chooseThreshold(negative, { method: 'best', metric: 'f1' }, 'yes')).toThrow(
      'No validation row is of the positive class “yes”',
    )
  })

  it('reaches a recall of 1 whatever the order in which weights are added up', () => {
    const rows = {
      positive: Uint8Array.of(1, 1, 1, 0),
      scores: Float32Array.of(0.25, 0.5, 0.75, 0.125),
      weights: Float64Array.of(0.1, 0.2, 0.3, 0.4),
    }
    const { threshold, recall } = chooseThreshold(rows, { method: 'reach', metric: 'recall', goal: 1 }, 'yes')
    expect({ threshold, recall }).toEqual({ threshold: 0.25, recall: 1 })
  })
})

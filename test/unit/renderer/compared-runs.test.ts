import { describe, expect, it } from 'vitest'
import { alignedTexts } from '../../../renderer/results/format-amounts.ts'
import { metricDirection } from '../../../src/core/metric-direction.ts'
import { changedParameters } from '../../../renderer/runs/changed-parameters.ts'
import { runHeadline } from '../../../renderer/runs/run-headline.ts'

describe('the headline of a run', () => {
  it('is that of its best model, by name', () => {
    expect(
      runHeadline({
        'evaluate.Boosted trees.roc_auc': 0.85,
        'evaluate.Boosted trees.f1': 0.6,
        'evaluate.baseline.roc_auc': 0.5,
        'evaluate.baseline.f1': 0.9,
      }),
    ).toEqual({
      model: 'Boosted trees',
      metrics: [
        { name: 'roc_auc', value: 0.85 },
        { name: 'f1', value: 0.6 },
      ],
    })
  })

  it('names no model where there is one', () => {
    expect(runHeadline({ 'trees.train_rmse': 1, 'evaluate.rmse': 3.5 })).toEqual({
      model: null,
      metrics: [{ name: 'rmse', value: 3.5 }],
    })
  })

  it('knows that errors are better when they are small', () => {
    expect(runHeadline({ 'e.a.rmse': 9, 'e.b.rmse': 2 }).model).toBe('b')
  })
})

describe('runs beside each other', () => {
  it('tell first which parameters of steps differ', () => {
    const step = { node: 'trees', before: 'done', after: 'done', outputs: [] } as const
    const reasons = [
      { reason: { kind: 'parameter', param: 'trees', before: 400, after: 30 } as const, text: '' },
      { reason: { kind: 'node-code' } as const, text: '' },
    ]
    expect(
      changedParameters({
        steps: [{ ...step, reasons }],
        parameters: [{ name: 'data', before: 'a.csv', after: 'b.csv' }],
      }),
    ).toEqual([
      { name: 'trees.trees', before: 400, after: 30 },
      { name: 'data', before: 'a.csv', after: 'b.csv' },
    ])
  })

  it('write numbers of one row with as many decimals', () => {
    expect(alignedTexts([0.8, 0.85125, 0.05125])).toEqual(['0.8000', '0.8513', '0.0513'])
    expect(alignedTexts([7043, 12, null])).toEqual(['7,043', '12', '–'])
    expect(alignedTexts([0.5, 0.500001, 0.000001])).toEqual(['0.5000', '0.5000', '1.00e-6'])
  })

  it.each([
    ['validation_log_loss', 'lower'],
    ['trees.balanced_accuracy', 'higher'],
    ['threshold', null],
  ] as const)('know which way %s is better', (name, direction) => {
    expect(metricDirection(name)).toBe(direction)
  })
})

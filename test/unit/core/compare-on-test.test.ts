import { describe, expect, it } from 'vitest'
import { compareOnTest } from '../../../src/core/compare-on-test.ts'

describe('two models', () => {
  it('are compared by the first usual metric that both have', () => {
    const own = { 'evaluate.accuracy': 0.9, 'evaluate.log_loss': 0.3 }
    const other = { 'evaluate.accuracy': 0.8, 'evaluate.log_loss': 0.2 }
    expect(compareOnTest(own, other)).toEqual({
      metric: 'evaluate.log_loss',
      own: 0.3,
      other: 0.2,
      isWorse: true,
    })
    expect(compareOnTest(own, other, 'accuracy')).toMatchObject({ isWorse: false })
    expect(compareOnTest(own, own)).toMatchObject({ isWorse: false })
  })

  it('are compared across steps of other names, where it is clear which are meant', () => {
    expect(compareOnTest({ 'evaluate.rmse': 2 }, { 'judge.rmse': 1 })).toMatchObject({ isWorse: true })
    expect(compareOnTest({ 'a.rmse': 2, 'b.rmse': 3 }, { 'judge.rmse': 1 })).toBeNull()
    expect(compareOnTest({ 'a.rmse': 2, 'b.rmse': 3 }, { 'a.rmse': 4 })).toMatchObject({ isWorse: false })
  })

  it('are not compared by what was measured on train or validation rows, or has no better and worse', () => {
    expect(compareOnTest({ 'trees.validation_roc_auc': 0.9 }, { 'trees.validation_roc_auc': 0.8 })).toBeNull()
    expect(compareOnTest({ 'evaluate.roc_auc': 0.9 }, {})).toBeNull()
    expect(compareOnTest({ 'a.rows': 1 }, { 'a.rows': 2 }, 'rows')).toBeNull()
  })
})

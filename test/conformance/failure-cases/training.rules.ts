import type { FailureCase } from './failure-case.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'

export const trainingRulesFailures: readonly FailureCase[] = [
  {
    code: 'training.rules.unknown-answer',
    example: {
      params: { rules: [{ name: 'odd', when: 'months > 3', answer: 'maybe' }] },
      inputs: { model: { from: 'training.logistic-regression', output: 'model' }, table: splitNumbers },
    },
    says: /The rule “odd” answers with “maybe”, which is no class of the model; it knows “no”, “yes”/,
    param: 'rules.0.answer',
  },
  {
    code: 'training.rules.has-rules',
    example: {
      params: { rules: [] },
      inputs: { model: { from: 'training.rules', output: 'model' }, table: splitNumbers },
    },
    says: /The model has rules already/,
  },
]

import type { FailureCase } from './failure-case.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'

const params = {
  subpipeline: 'train',
  metric: 'score',
  trials: 3,
  space: [{ type: 'number', parameter: 'learningRate', low: 0.1, high: 0.2 }],
}
const example = (changes: Record<string, unknown>) => ({
  params: { ...params, ...changes },
  inputs: { table: splitNumbers },
})

export const trainingTuneFailures: readonly FailureCase[] = [
  {
    code: 'training.tune.all-failed',
    example: example({ parameters: { fail: true } }),
    says: /All 3 trials failed; the first: It was told to/,
  },
  {
    code: 'training.tune.no-metric',
    example: example({ metric: 'roc_auc' }),
    says: /The report of the sub-pipeline has no metric “roc_auc”; it has “score”/,
    param: 'metric',
  },
  {
    code: 'training.tune.no-output',
    example: example({ modelOutput: 'forest' }),
    says: /The sub-pipeline gave no model at its output “forest”/,
    param: 'modelOutput',
  },
]

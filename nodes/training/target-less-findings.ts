import type { ModelShape } from '../../src/core/columns.ts'
import type { NodeFinding } from '../../src/node-kit/propagation.ts'

/** What keeps a model of clusters from being compared with true answers, or corrected by them. */
export function targetLessFindings({ answers }: ModelShape, port = 'model'): NodeFinding[] {
  if (answers !== 'clusters') return []
  return [
    {
      code: 'no-target',
      severity: 'error',
      message: 'The model finds groups of rows and predicts no target, so there is nothing to do here.',
      remedy: 'Take this step out, or connect a model of classes or amounts.',
      port,
    },
  ]
}

import type { ModelShape } from '../../src/core/columns.ts'
import type { NodeFinding } from '../../src/node-kit/propagation.ts'

/** Says so where a model is neither connected nor named; `purpose` ends “There is no model to …”. */
export function modelMissing(
  connected: ModelShape | undefined,
  { model, purpose }: { model: string; purpose: string },
): NodeFinding[] {
  if (connected || model !== '') return []
  return [
    {
      code: 'no-model',
      severity: 'error',
      message: `There is no model to ${purpose}.`,
      remedy: 'Connect one, or name a registered model.',
      param: 'model',
    },
  ]
}

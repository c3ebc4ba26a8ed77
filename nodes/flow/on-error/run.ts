import { defineRun } from '../../../src/node-kit/define-run.ts'
import { onError } from './definition.ts'

export const run = defineRun(onError, async (inputs) => {
  const table = inputs.table ?? inputs.fallback
  const model = inputs.model ?? inputs.fallbackModel
  return { ...(table && { table }), ...(model && { model }) }
})

import { defineRun } from '../../../src/node-kit/define-run.ts'
import { merge } from './definition.ts'

export const run = defineRun(merge, async ({ tables, models }) => {
  const [table] = tables
  const [model] = models
  return { ...(table && { table }), ...(model && { model }) }
})

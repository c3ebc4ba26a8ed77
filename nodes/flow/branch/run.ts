import { defineRun } from '../../../src/node-kit/define-run.ts'
import { isConditionTrue } from '../is-condition-true.ts'
import { metricsOf } from '../metrics.ts'
import { branch } from './definition.ts'

export const run = defineRun(branch, async ({ table, model, reports }, { condition }, context) => {
  const metrics = metricsOf(reports, context.feeds)
  const isTrue = await isConditionTrue(condition, { table: table ?? null, metrics, context })
  const way = isTrue ? 'then' : 'otherwise'
  context.log('info', `took “${way}”`)
  return {
    ...(table && { [way]: table }),
    ...(model && { [`${way}Model`]: model }),
  }
})

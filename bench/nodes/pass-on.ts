import { writeReport } from '../../nodes/write-report.ts'
import { defineRun } from '../../src/node-kit/define-run.ts'
import { passOn } from './definitions.ts'

export const run = defineRun(passOn, async (_, { number }, context) => ({
  report: await writeReport(context, { type: 'number', metrics: {}, content: { number } }),
}))

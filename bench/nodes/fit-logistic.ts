import { learnModel, tableFor } from '../../nodes/training/learn-model.ts'
import { trainingOf } from '../../nodes/training/logistic-regression/training.ts'
import { logisticRegression } from '../../nodes/training/logistic-regression/definition.ts'
import { writeReport } from '../../nodes/write-report.ts'
import { defineRun } from '../../src/node-kit/define-run.ts'
import { fitLogistic } from './definitions.ts'

export const run = defineRun(fitLogistic, async ({ table }, { iterations, tolerance }, context) => {
  const training = trainingOf(logisticRegression.params.parse({ maximumIterations: iterations, tolerance }))
  const { learning, fitted } = await learnModel(
    context,
    await tableFor(context, table.data, training),
    training,
  )
  const metrics = {
    log_loss: fitted.trainingCurve.train.at(-1)!,
    columns: learning.features.length,
    rows: learning.rows.train,
  }
  return { report: await writeReport(context, { type: 'fit', metrics, content: {} }) }
})

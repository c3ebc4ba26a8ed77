import type { Artifact, ReportData } from '../../../src/core/artifacts.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeReport } from '../../write-report.ts'
import { readAnswers, type TrueAnswers } from '../true-answers.ts'
import { evaluate } from './definition.ts'
import { measureModel, type Measured } from './measure-model.ts'

type Context = ContextOf<typeof evaluate>

export const run = defineRun(evaluate, async ({ models, table }, params, context) => {
  const answers = await readAnswers(context, table.data, {
    target: models[0]!.data.target.name,
    rows: params.rows,
  })
  warnOfMissing(context, answers)
  const names = models.map((_, index) => context.feeds['models']?.[index] ?? `model${index + 1}`)
  const measured: Measured[] = []
  for (const [index, model] of models.entries()) {
    context.progress({ share: index / models.length, note: names[index]! })
    measured.push(await measureModel(context, { model, table: table.data, answers, params }))
  }
  return {
    report: await writeReport(context, reportOf({ answers, rows: params.rows, models, names, measured })),
  }
})

function warnOfMissing(context: Context, { column, count, kept }: TrueAnswers): void {
  const missing = count - kept.length
  if (kept.length === 0) context.fail('no-answers', { column })
  if (missing === 0) return
  context.log('warning', '{missing} rows have no value of “{column}” and are left out.', { missing, column })
}

function reportOf(parts: {
  answers: TrueAnswers
  rows: string
  models: readonly Artifact<'model'>[]
  names: readonly string[]
  measured: readonly Measured[]
}): ReportData {
  const { answers, rows, models, names, measured } = parts
  const metrics = measured.flatMap((model, index) =>
    Object.entries(model.metrics).flatMap(([metric, { value }]) =>
      value === null ? [] : [[measured.length === 1 ? metric : `${names[index]}.${metric}`, value]],
    ),
  )
  const evaluated = measured.map((model, index) => {
    const { task, target, threshold, learner } = models[index]!.data
    return Object.assign({ name: names[index]!, task, target, threshold, learner }, model)
  })
  const content = {
    rows,
    count: answers.kept.length,
    missing: answers.count - answers.kept.length,
    models: evaluated,
  }
  return {
    type: 'evaluation',
    metrics: Object.fromEntries(metrics) as Record<string, number>,
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}

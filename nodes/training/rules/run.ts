import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, ModelData, ReportData, TableData } from '../../../src/core/artifacts.ts'
import { ruleOutput } from '../../../src/core/answer-names.ts'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import type { TypedExpression } from '../../../src/core/expression/typed-expression.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { addRules, type AnswerRule } from '../../../src/recipe/add-rules.ts'
import { scoreModel } from '../../../src/recipe/score-model.ts'
import { writeReport } from '../../write-report.ts'
import { requireTarget } from '../require-target.ts'
import { writeModel } from '../write-model.ts'
import { checkAmount, ruleColumns, rules, type RulesParams } from './definition.ts'

type Context = ContextOf<typeof rules>

export const run = defineRun(rules, async ({ model, table }, params, context) => {
  if (model.data.signature.outputs.some(({ name }) => name === ruleOutput)) context.fail('has-rules')
  requireTarget(model.data)
  const folder = context.artifacts.folder(model.hash)
  const bytes = await readFile(join(folder, 'model.onnx'))
  const made = addRules(
    { bytes, data: model.data },
    {
      rules: rulesOf(context, { model: model.data, table: table.data, params }),
      startColumns: table.data.startColumns,
    },
  )
  const sketch: unknown = JSON.parse(await readFile(join(folder, 'sketch.json'), 'utf8'))
  const ruled = await writeModel(context, { ...made, sketch })
  return {
    model: ruled,
    report: await writeReport(context, await reportOf(context, { ruled, table: table.data, params })),
  }
})

function rulesOf(
  context: Context,
  { model, table, params }: { model: ModelData; table: TableData; params: RulesParams },
): AnswerRule[] {
  const { classes } = model.target
  const columns = ruleColumns(table, classes ? 'classes' : 'numbers')
  return params.rules.map(({ name, when, answer }, index) => {
    const condition = typed(checkExpression(when, columns))
    if (!classes) return { name, when: condition, answer: typed(checkAmount(answer, columns)) }
    if (!classes.includes(answer))
      context.fail('unknown-answer', { rule: name, answer, classes }, { param: `rules.${index}.answer` })
    return { name, when: condition, answer }
  })
}

/** What was checked before the step began. */
function typed(checked: ReturnType<typeof checkExpression>): TypedExpression {
  if ('problem' in checked) throw new TypeError(checked.problem.message)
  return checked.expression
}

async function reportOf(
  context: Context,
  { ruled, table, params }: { ruled: Artifact<'model'>; table: TableData; params: RulesParams },
): Promise<ReportData> {
  const counts = new Map(params.rules.map(({ name }) => [name, 0]))
  let rows = 0
  for await (const { outputs, rows: own } of scoreModel(context, ruled, table, {
    rows: 'all',
    outputs: [ruleOutput],
  })) {
    for (const name of outputs[ruleOutput] as string[])
      if (name !== '') counts.set(name, counts.get(name)! + 1)
    rows += own
    context.progress({ rows, share: rows / Math.max(1, table.rows.count) })
  }
  const spoken = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return {
    type: 'rules',
    metrics: { rows, overridden: spoken },
    content: {
      rows,
      rules: params.rules.map(({ name, when, answer }) => ({ name, when, answer, rows: counts.get(name)! })),
    },
  }
}

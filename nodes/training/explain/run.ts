import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, ReportData } from '../../../src/core/artifacts.ts'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import { partialDependence } from '../../../src/learn/explain/partial-dependence.ts'
import {
  permutationImportance,
  type PermutationImportance,
} from '../../../src/learn/explain/permutation-importance.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { openSession, type OutputColumns } from '../../../src/onnx/session.ts'
import { writeReport } from '../../write-report.ts'
import { requireTarget } from '../require-target.ts'
import { answerOf, type Answer } from './answer-of.ts'
import { contributionsOf } from './contributions-of.ts'
import { explain, type ExplainParams } from './definition.ts'
import { holdRows, type HeldRows } from './held-rows.ts'
import { isLoss, metricFor, scoreOf } from './score-of.ts'

type Context = ContextOf<typeof explain>
/** Lets the model answer for the held rows, with some of their columns changed. */
type Ask = (columns: HeldColumns, outputs: readonly string[]) => Promise<OutputColumns>

/** How many curves are drawn where none were chosen. */
const curvesByDefault = 6

export const run = defineRun(explain, async ({ model, table }, params, context) => {
  requireTarget(model.data)
  checkColumns(context, model, params)
  checkClass(context, model, params)
  const held = await holdRows(context, {
    model,
    table: table.data,
    rows: params.rows,
    most: params.mostRows,
  })
  const bytes = await readFile(join(context.artifacts.folder(model.hash), 'model.onnx'))
  const session = await openSession(bytes)
  const ask: Ask = (columns, outputs) => {
    context.signal.throwIfAborted()
    return session.run({ rows: held.count, columns }, outputs)
  }
  try {
    const answered = model.data.target.classes
      ? ((await ask(held.columns, ['label']))['label'] as string[])
      : null
    const answer = answerOf(model, { wanted: params.class, answered })
    const content = await explainModel(context, { model, bytes, params, held, ask, answer, answered })
    return { report: await writeReport(context, { type: 'explanation', metrics: {}, content }) }
  } finally {
    await session.close()
  }
})

function checkColumns(context: Context, { data }: Artifact<'model'>, { columns = [] }: ExplainParams): void {
  const known = data.signature.inputs.map(({ name }) => name)
  const unknown = columns.find((column) => !known.includes(column))
  if (unknown !== undefined)
    context.fail('unknown-column', { column: unknown, columns: known }, { param: 'columns' })
}

function checkClass(context: Context, { data }: Artifact<'model'>, { class: wanted }: ExplainParams): void {
  const { classes } = data.target
  if (wanted !== undefined && classes && !classes.includes(wanted))
    context.fail('no-such-class', { class: wanted, classes }, { param: 'class' })
}

interface Explaining {
  model: Artifact<'model'>
  bytes: Uint8Array
  params: ExplainParams
  held: HeldRows
  ask: Ask
  answer: Answer
  /** The class that the model gives each row; null for amounts. */
  answered: readonly string[] | null
}

async function explainModel(context: Context, explaining: Explaining): Promise<ReportData['content']> {
  const { model, params, held, answer } = explaining
  const metric = metricFor(model, params.metric)
  const { baseline, importances } = await importancesOf(context, explaining)
  const sign = isLoss(metric) ? -1 : 1
  const columns = params.columns ?? importances.slice(0, curvesByDefault).map(({ column }) => column)
  const content = {
    rows: params.rows,
    count: held.count,
    metric,
    baseline: sign * baseline,
    importances,
    answer,
    dependences: await dependencesOf(context, explaining, columns),
    ...(params.contributionRows > 0 && { contributions: await contributionsOf(context, explaining) }),
  }
  return JSON.parse(JSON.stringify(content)) as ReportData['content']
}

/** The most important columns first. */
async function importancesOf(
  context: Context,
  { model, params, held, ask }: Explaining,
): Promise<{ baseline: number; importances: PermutationImportance[] }> {
  const metric = metricFor(model, params.metric)
  const score = scoreOf(context, { model, answers: held.answers, metric })
  const outputs = model.data.task === 'regression' ? ['value'] : ['label', 'probabilities']
  const names = model.data.signature.inputs.map(({ name }) => name)
  const found = await permutationImportance({
    columns: held.columns,
    names,
    rows: held.count,
    repeats: params.repeats,
    seed: context.seed,
    async score(columns) {
      const { value, reason = '' } = score(await ask(columns, outputs))
      if (value === null) context.fail('no-score', { metric, reason })
      return isLoss(metric) ? -value : value
    },
    onColumn: (done) =>
      context.progress({ share: (0.6 * done) / names.length, note: `shuffling “${names[done]}”` }),
  })
  return { ...found, importances: found.importances.toSorted((a, b) => b.mean - a.mean) }
}

async function dependencesOf(
  context: Context,
  { model, params, held, ask, answer }: Explaining,
  columns: readonly string[],
) {
  const dependences = []
  for (const [index, column] of columns.entries()) {
    context.progress({ share: 0.6 + (0.2 * index) / columns.length, note: `asking by “${column}”` })
    dependences.push(
      await partialDependence({
        columns: held.columns,
        column,
        points: params.points,
        lines: params.lines,
        answer: (changed) => answersOf({ model, answer, ask }, changed),
      }),
    )
  }
  return dependences
}

async function answersOf(
  { model, answer, ask }: Pick<Explaining, 'model' | 'answer' | 'ask'>,
  columns: HeldColumns,
): Promise<ArrayLike<number>> {
  if ('value' in answer) return (await ask(columns, ['value']))['value'] as Float64Array
  const { classes = [] } = model.data.target
  const code = classes.indexOf(answer.class)
  const probabilities = (await ask(columns, ['probabilities']))['probabilities'] as Float32Array
  return Array.from(
    { length: probabilities.length / classes.length },
    (_, row) => probabilities[row * classes.length + code]!,
  )
}

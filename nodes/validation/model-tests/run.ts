import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact, ReportData, TableData } from '../../../src/core/artifacts.ts'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import { selectAtRandom } from '../../../src/learn/select-at-random.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { rowReader } from '../../../src/tables/row-reader.ts'
import { holdColumns } from '../../hold-columns.ts'
import { writeReport } from '../../write-report.ts'
import { askerOf } from './ask-model.ts'
import { modelTests, type ModelTestsParams } from './definition.ts'
import { phraseOf, type ModelTest } from './model-test.ts'
import { judgeRows, shownValue, type Asked, type ReadTest, type TestOutcome } from './run-model-test.ts'

type Context = ContextOf<typeof modelTests>
type Model = Artifact<'model'>
type Json = ReportData['content']

interface Tested extends TestOutcome {
  test: ModelTest
}

const megabyte = 1_000_000

export const run = defineRun(modelTests, async ({ model, table }, params, context) => {
  const read = params.tests.map((test, index) => readTest(context, { model, test, place: `tests.${index}` }))
  const bytes = await readFile(join(context.artifacts.folder(model.hash), 'model.onnx'))
  const session = await openSession(bytes)
  try {
    const held = await holdSome(context, { model, table: table.data, params })
    const ask = askerOf(session, { data: model.data, rows: held.count })
    const asked: Asked = { ...held, ask, answers: await ask(held.columns) }
    const tested: Tested[] = []
    for (const [index, test] of params.tests.entries()) {
      context.signal.throwIfAborted()
      context.progress({ share: index / params.tests.length })
      const outcome =
        test.test === 'size'
          ? sizeOutcome(bytes.length / megabyte, test.maximumMb)
          : await judgeRows(test, asked, read[index]!)
      tested.push({ test, ...outcome })
    }
    return { model, report: await conclude(context, { tested, model, columns: held.columns }) }
  } finally {
    await session.close()
  }
})

const sizeOutcome = (observed: number, most: number): TestOutcome => ({
  rows: 0,
  unexpected: 0,
  observed,
  failedRows: [],
  success: observed <= most,
})

async function holdSome(
  context: Context,
  { model, table, params }: { model: Model; table: TableData; params: ModelTestsParams },
): Promise<{ columns: HeldColumns; count: number }> {
  const { rows, mostRows } = params
  const all = rows === 'all' ? table.rows.count : (table.split?.counts[rows] ?? 0)
  if (all === 0) context.fail('no-rows', {}, { param: 'rows' })
  const count = Math.min(mostRows, all)
  const kept = selectAtRandom({ count, from: all, random: createRandom(context.seed, 'rows to ask about') })
  return { columns: await holdColumns(context, { model, table, rows, kept }), count }
}

function readTest(
  context: Context,
  { model, test, place }: { model: Model; test: ModelTest; place: string },
): ReadTest {
  const classPlace = 'class' in test ? placeOfClass(context, { model, test, param: `${place}.class` }) : 0
  if (!('column' in test)) return { place: classPlace, values: [] }
  const { inputs } = model.data.signature
  const input = inputs.find(({ name }) => name === test.column)
  if (!input) {
    const columns = inputs.map(({ name }) => name)
    return context.fail('not-taken', { column: test.column, columns }, { param: `${place}.column` })
  }
  const values = test.test === 'invariance' ? test.values : []
  const chunk = rowReader([input]).readColumns({ [input.name]: values }, values.length)
  if ('rows' in chunk) {
    const read: ArrayLike<string | number> = chunk.columns[input.name]!
    return { place: classPlace, input, values: Array.from(read) }
  }
  const [{ row, message: problem }] = chunk as [(typeof chunk)[number]]
  const told = { value: String(values[row]), column: input.name, problem }
  return context.fail('not-a-value', told, { param: `${place}.values.${row}` })
}

function placeOfClass(
  context: Context,
  { model, test, param }: { model: Model; test: { class?: string | undefined; test: string }; param: string },
): number | null {
  const { classes, positive } = model.data.target
  if (!classes) {
    if (test.class === undefined) return 0
    const what = model.data.task === 'clustering' ? 'groups' : 'numbers'
    return context.fail('no-class', { what, class: test.class }, { param })
  }
  const wanted = test.class ?? positive
  if (wanted === undefined) return null
  const place = classes.indexOf(wanted)
  return place >= 0 ? place : context.fail('unknown-class', { class: wanted, classes }, { param })
}

async function conclude(
  context: Context,
  { tested, model, columns }: { tested: readonly Tested[]; model: Model; columns: HeldColumns },
): Promise<Artifact<'report'>> {
  const unmet = tested.filter(({ success }) => !success)
  const report = await writeReport(context, {
    type: 'model-tests',
    metrics: { tests: tested.length, unmet_tests: unmet.length },
    content: {
      success: unmet.length === 0,
      results: tested.map((each) => resultOf(each, { model, columns })),
    },
  })
  for (const { test } of unmet.filter((each) => each.test.severity === 'warning'))
    context.log('warning', 'A test is not passed: {phrase}', { phrase: phraseOf(test) })
  const errors = unmet.filter(({ test }) => test.severity === 'error')
  if (errors.length === 0) return report
  const [first] = errors as [Tested]
  return context.fail(
    'unmet',
    {
      count: errors.length,
      total: tested.length,
      first: phraseOf(first.test) + foundText(first),
      node: context.node,
    },
    { param: `tests.${tested.indexOf(first)}`, outputs: { report } },
  )
}

/** “, but 12 of 500 rows are not”. */
function foundText({ observed, unexpected, rows }: TestOutcome): string {
  if (observed !== undefined) return `, but it is ${Number(observed.toPrecision(4))}`
  return `, but ${unexpected} of ${rows} rows are otherwise`
}

function resultOf(
  { test, ...outcome }: Tested,
  { model, columns }: { model: Model; columns: HeldColumns },
): Json {
  const { inputs } = model.data.signature
  return {
    test: test.test,
    phrase: phraseOf(test),
    severity: test.severity,
    success: outcome.success,
    rows: outcome.rows,
    unexpected: outcome.unexpected,
    observed: outcome.observed ?? null,
    failedRows: outcome.failedRows.map(({ row, answer, changed }) => ({
      answer: finite(answer),
      changed: changed ? { ...changed, answer: finite(changed.answer) } : null,
      row: Object.fromEntries(
        inputs.map((input) => [input.name, finite(shownValue(columns[input.name]![row]!, input))]),
      ),
    })),
  }
}

/** Reports hold no number that is not finite. */
const finite = (value: string | number): string | number | null =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value

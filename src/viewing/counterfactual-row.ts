import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CounterfactualData, Counterfactuals, WantedAnswer } from '../contract/model-counterfactuals.ts'
import type { ModelData, StartColumn } from '../core/artifacts.ts'
import {
  findCounterfactuals,
  type Counterfactual,
  type Judged,
  type RowValues,
} from '../learn/explain/counterfactuals.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { openSession, type OnnxSession, type OutputColumns } from '../onnx/session.ts'
import { answerIn } from './answer-row.ts'
import { viewError } from './errors.ts'
import { readInputSketches } from './input-sketches.ts'
import { readRawRow } from './raw-row.ts'
import { shownValue } from './shown-value.ts'
import type { ViewRequest } from './view-calls.ts'

const mostFound = 5

/** The smallest changes of a raw row that make a model answer otherwise. */
export async function counterfactualRow(
  context: RunContext,
  request: ViewRequest<'model.counterfactuals'>,
): Promise<Counterfactuals> {
  const { data: model } = await context.artifacts.read('model', request.artifact)
  const { inputs } = model.signature
  const read = readRawRow(inputs, request.row)
  if ('problems' in read) return { outcome: 'refused', problems: read.problems }
  const row: RowValues = Object.fromEntries(inputs.map(({ name }) => [name, read.chunk.columns[name]![0]!]))
  const folder = context.artifacts.folder(request.artifact)
  const session = await openSession(await readFile(join(folder, 'model.onnx')))
  try {
    const asked = { model, session, row }
    const [{ answer }] = (await answersTo(asked, [row])) as [Answered]
    const wanted = wantedAnswer(model, answer, request.wanted)
    const judge = async (rows: readonly RowValues[]): Promise<Judged[]> => {
      context.signal.throwIfAborted()
      return (await answersTo(asked, rows)).map((each) => judgement(each, { wanted, before: answer }))
    }
    const [now] = await judge([row])
    const { found, closest } = now!.reached
      ? { found: [], closest: null }
      : await findCounterfactuals({
          row,
          columns: columnsToChange(inputs, request.columns),
          sketches: await readInputSketches(folder),
          mostChanges: request.mostChanges,
          most: mostFound,
          judge,
        })
    const told = await describe(asked, [...found, ...(closest ? [closest] : [])])
    return {
      outcome: 'searched',
      answer,
      wanted,
      isReached: now!.reached,
      found: told.slice(0, found.length),
      closest: closest ? told.at(-1)! : null,
    }
  } finally {
    await session.close()
  }
}

interface Asked {
  model: ModelData
  session: OnnxSession
  row: RowValues
}

type Answered = ReturnType<typeof answerIn>

async function answersTo({ model, session }: Asked, rows: readonly RowValues[]): Promise<Answered[]> {
  const { inputs } = model.signature
  const columns = Object.fromEntries(
    inputs.map(({ name, type }) => {
      const values = rows.map((each) => each[name]!)
      return [name, type === 'text' ? values.map(String) : Float64Array.from(values, Number)]
    }),
  )
  const outputs = await session.run({ rows: rows.length, columns })
  const classes = model.target.classes?.length ?? 1
  return rows.map((_, row) => answerIn(outputsOfRow(outputs, row, classes), model))
}

function outputsOfRow(
  { label, probabilities, value }: OutputColumns,
  row: number,
  classes: number,
): OutputColumns {
  return {
    ...(label && { label: label.slice(row, row + 1) }),
    ...(value && { value: value.slice(row, row + 1) }),
    ...(probabilities && { probabilities: probabilities.slice(row * classes, (row + 1) * classes) }),
  }
}

function wantedAnswer(
  { target: { classes } }: ModelData,
  answer: Answered['answer'],
  wanted: WantedAnswer | undefined,
): WantedAnswer {
  if (!classes) {
    if (!wanted || 'class' in wanted) throw viewError('no-bound')
    return wanted
  }
  if (!wanted) {
    const others = classes.filter((name) => name !== answer)
    return { class: others.length === 1 ? others[0]! : null }
  }
  if (!('class' in wanted)) throw viewError('bound-for-classes')
  if (wanted.class !== null && !classes.includes(wanted.class))
    throw viewError('unknown-class', { class: wanted.class, classes })
  return wanted
}

function judgement(
  { answer, probabilities }: Answered,
  { wanted, before }: { wanted: WantedAnswer; before: Answered['answer'] },
): Judged {
  if ('class' in wanted) {
    const named = wanted.class ?? before
    const probability = probabilities?.find((each) => each.class === named)?.probability ?? 0
    return wanted.class === null
      ? { reached: answer !== before, nearness: -probability }
      : { reached: answer === wanted.class, nearness: probability }
  }
  const value = typeof answer === 'number' ? answer : Number.NaN
  if (Number.isNaN(value)) return { reached: false, nearness: -Infinity }
  return 'atLeast' in wanted
    ? { reached: value >= wanted.atLeast, nearness: value }
    : { reached: value <= wanted.atMost, nearness: -value }
}

function columnsToChange(
  inputs: readonly StartColumn[],
  wanted: readonly string[] | undefined,
): readonly StartColumn[] {
  if (!wanted) return inputs
  return wanted.map((column) => {
    const found = inputs.find(({ name }) => name === column)
    if (!found) throw viewError('unknown-input', { column, columns: inputs.map(({ name }) => name) })
    return found
  })
}

async function describe(asked: Asked, all: readonly Counterfactual[]): Promise<CounterfactualData[]> {
  const { row, model } = asked
  const typeOf = new Map(model.signature.inputs.map(({ name, type }) => [name, type]))
  const rows = all.map(({ changes }) =>
    Object.fromEntries([
      ...Object.entries(row),
      ...changes.map(({ column, value }) => [column, value] as const),
    ]),
  )
  const answers = all.length === 0 ? [] : await answersTo(asked, rows)
  return all.map(({ changes, distance }, index) => ({
    changes: changes.map(({ column, value }) => ({
      column,
      from: shownValue(row[column]!, typeOf.get(column)!),
      to: shownValue(value, typeOf.get(column)!),
    })),
    distance,
    answer: answers[index]!.answer,
    probabilities: answers[index]!.probabilities,
  }))
}

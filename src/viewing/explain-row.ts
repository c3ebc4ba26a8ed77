import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelAnswer } from '../contract/model-details.ts'
import type { ModelExplanation } from '../contract/model-explanation.ts'
import type { ModelData } from '../core/artifacts.ts'
import { backgroundRows } from '../learn/explain/background-rows.ts'
import { openExplainer } from '../learn/explain/open-explainer.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { RowAnswers } from './answer-row.ts'
import { viewError } from './errors.ts'
import { readInputSketches } from './input-sketches.ts'
import { readRawRow } from './raw-row.ts'
import { shownValue } from './shown-value.ts'
import type { ViewRequest } from './view-calls.ts'

/** Rows that a model is compared with where it cannot be taken apart. */
const comparedRows = 100

/** What each column of a raw row adds to the answer of a model. */
export async function explainRow(
  context: RunContext,
  { request, answers }: { request: ViewRequest<'model.explain'>; answers: RowAnswers },
): Promise<ModelExplanation> {
  const { artifact, row } = request
  const { data: model } = await context.artifacts.read('model', artifact)
  const answered = await answers.answer(context, { artifact, row })
  const read = readRawRow(model.signature.inputs, row)
  if (answered.outcome === 'refused') return answered
  if ('problems' in read) return { outcome: 'refused', problems: read.problems }
  const explained = explainedClass(model, answered, request.class)
  const folder = context.artifacts.folder(artifact)
  const explainer = await openExplainer({
    bytes: await readFile(join(folder, 'model.onnx')),
    model,
    classCode: explained === null ? 0 : model.target.classes!.indexOf(explained),
    background: backgroundRows(model.signature.inputs, await readInputSketches(folder), {
      rows: comparedRows,
      seed: 0,
    }),
    seed: 0,
  })
  try {
    const { columns } = read.chunk
    const { base, contributions, errors } = await explainer.explain(columns, 1)
    const score = contributions.reduce((sum, value) => sum + value, base)
    if (!Number.isFinite(score)) throw viewError('no-explanation')
    const typeOf = new Map(model.signature.inputs.map(({ name, type }) => [name, type]))
    const all = explainer.columns.map((column, index) => ({
      column,
      value: shownValue(columns[column]![0]!, typeOf.get(column)!),
      contribution: contributions[index]!,
      error: errors && errors[index]!,
    }))
    return {
      outcome: 'explained',
      method: explainer.method,
      scale: explainer.scale,
      class: explained,
      base,
      score,
      contributions: all.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
      mixed: explainer.mixed.map((names) => [...names]),
      answer: answered.answer,
      probabilities: answered.probabilities,
    }
  } finally {
    await explainer.close()
  }
}

function explainedClass(
  { target }: ModelData,
  { answer }: ModelAnswer & { outcome: 'answered' },
  wanted: string | undefined,
): string | null {
  const { classes, positive } = target
  if (!classes) return null
  const chosen = wanted ?? positive ?? String(answer)
  if (!classes.includes(chosen)) throw viewError('unknown-class', { class: chosen, classes })
  return chosen
}

import type { Artifact, TableData } from '../../src/core/artifacts.ts'
import type { AnsweredRows } from '../../src/learn/metrics/classification-metrics.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import type { RowChoice } from '../../src/recipe/read-chosen-rows.ts'
import { scoreModel } from '../../src/recipe/score-model.ts'
import type { TrueAnswers } from './true-answers.ts'

/** A classifier’s answers for the rows that have a true answer, with these, as codes of the model’s classes. */
export async function readClassAnswers(
  context: RunContext<'unknown-class'>,
  work: { model: Artifact<'model'>; table: TableData; rows: RowChoice; answers: TrueAnswers },
): Promise<AnsweredRows> {
  const { model, table, rows, answers } = work
  const { classes = [], positive } = model.data.target
  const actual = classCodes(context, answers, classes)
  const codeOf = new Map(classes.map((name, code) => [name, code]))
  const predicted = new Uint16Array(answers.count)
  const all = new Float32Array(answers.count * classes.length)
  for await (const { firstRow, outputs } of scoreModel(context, model, table, { rows })) {
    for (const [row, label] of (outputs['label'] as string[]).entries())
      predicted[firstRow + row] = codeOf.get(label)!
    all.set(outputs['probabilities'] as Float32Array, firstRow * classes.length)
  }
  return {
    classes: classes.length,
    positive: positive === undefined ? undefined : codeOf.get(positive)!,
    actual,
    ...keptAnswers({ predicted, probabilities: all }, { kept: answers.kept, classes: classes.length }),
    weights: answers.weights,
  }
}

function keptAnswers(
  all: { predicted: Uint16Array; probabilities: Float32Array },
  { kept, classes }: { kept: Uint32Array; classes: number },
): Pick<AnsweredRows, 'predicted' | 'probabilities'> {
  if (kept.length === all.predicted.length) return all
  const predicted = new Uint16Array(kept.length)
  const probabilities = new Float32Array(kept.length * classes)
  for (let index = 0; index < kept.length; index++) {
    const row = kept[index]!
    predicted[index] = all.predicted[row]!
    for (let code = 0; code < classes; code++)
      probabilities[index * classes + code] = all.probabilities[row * classes + code]!
  }
  return { predicted, probabilities }
}

/** The true answers as codes of the model’s classes; fails at one that it does not know. */
export function classCodes(
  context: RunContext<'unknown-class'>,
  { column, labels }: TrueAnswers,
  classes: readonly string[],
): Uint16Array {
  const codeOf = new Map(classes.map((name, code) => [name, code]))
  const unknown = labels.filter((label) => !codeOf.has(label))
  if (unknown.length > 0)
    context.fail('unknown-class', { column, value: unknown[0]!, count: unknown.length, classes })
  return Uint16Array.from(labels, (label) => codeOf.get(label)!)
}

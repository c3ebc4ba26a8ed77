import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { RowScope } from '../../../src/core/columns.ts'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import { selectAtRandom } from '../../../src/learn/select-at-random.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { holdColumns } from '../../hold-columns.ts'
import { readAnswers, type TrueAnswers } from '../true-answers.ts'
import type { explain } from './definition.ts'

/** Rows with a true answer and what the model takes of them. */
export interface HeldRows {
  count: number
  columns: HeldColumns
  answers: TrueAnswers
}

/** At most so many of the rows that have a true answer, chosen by the seed, in memory. */
export async function holdRows(
  context: ContextOf<typeof explain>,
  from: { model: Artifact<'model'>; table: TableData; rows: RowScope; most: number },
): Promise<HeldRows> {
  const { model, table, rows, most } = from
  const target = model.data.target.name
  const answers = await readAnswers(context, table, { target, rows })
  if (answers.kept.length === 0) context.fail('no-answers', { column: target })
  const random = createRandom(context.seed, 'rows to explain')
  const count = Math.min(most, answers.kept.length)
  const chosen = selectAtRandom({ count, from: answers.kept.length, random })
  const kept = Uint32Array.from(chosen, (index) => answers.kept[index]!)
  return {
    count,
    columns: await holdColumns(context, { model, table, rows, kept }),
    answers: {
      ...answers,
      count,
      kept: Uint32Array.from(kept.keys()),
      labels: Array.from(chosen, (index) => answers.labels[index]!),
      numbers: Float64Array.from(chosen, (index) => answers.numbers[index]!),
      weights: answers.weights && Float64Array.from(chosen, (index) => answers.weights![index]!),
    },
  }
}

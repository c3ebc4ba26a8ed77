import type { TableData } from '../../../src/core/artifacts.ts'
import type { DealMethod } from '../../../src/learn/folds/deal-blocks.ts'
import { makeFolds, type Folds } from '../../../src/learn/folds/folds.ts'
import type { LearningTarget } from '../../../src/learn/learner.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import type { ColumnValues } from '../../../src/tables/split-rows.ts'
import type { CrossValidateParams } from './definition.ts'

/** Folds of the train rows of a table. */
export async function chooseFolds(
  context: RunContext,
  table: TableData,
  { target, params }: { target: LearningTarget; params: CrossValidateParams },
): Promise<Folds> {
  const { folds: count, validates } = params
  return makeFolds(await dealMethod(context, table, { target, params }), { count, validates })
}

async function dealMethod(
  context: RunContext,
  table: TableData,
  { target, params }: { target: LearningTarget; params: CrossValidateParams },
): Promise<DealMethod> {
  const { method, by } = params
  const rows = table.split!.counts.train
  const seed = context.seed + params.seedOffset
  const ofColumn = (): Promise<ColumnValues> => readTrainColumn(context, table, by!)
  switch (method) {
    case 'auto':
      return target.task === 'regression'
        ? { by: 'chance', rows, seed }
        : { by: 'class', values: Float64Array.from(target.codes.train), seed }
    case 'random':
      return { by: 'chance', rows, seed }
    case 'stratified':
      return { by: 'class', values: by === undefined ? targetValues(target) : await ofColumn(), seed }
    case 'group':
      return { by: 'group', values: await ofColumn(), seed }
    case 'order':
      return { by: 'order', values: by === undefined ? null : await ofColumn(), rows }
  }
}

function targetValues(target: LearningTarget): Float64Array {
  return target.task === 'regression' ? target.values.train : Float64Array.from(target.codes.train)
}

async function readTrainColumn(context: RunContext, table: TableData, name: string): Promise<ColumnValues> {
  const texts: string[] = []
  const numbers = new Float64Array(table.split!.counts.train)
  for await (const chunk of readColumns(context, table, { columns: [name], rows: 'train' })) {
    const values = chunk.columns[name]!
    if (values instanceof Float64Array) numbers.set(values, chunk.firstRow)
    else texts.push(...values)
  }
  return texts.length > 0 ? texts : numbers
}

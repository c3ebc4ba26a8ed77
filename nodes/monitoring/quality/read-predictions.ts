import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column } from '../../../src/core/columns.ts'
import { compareCodePoints } from '../../../src/core/compare-code-points.ts'
import { classLabel } from '../../../src/learn/targets.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { actualColumn, isAmount, type QualityParams, type quality } from './definition.ts'

/** Predictions with their truths, in the order of the table. */
export interface Predictions {
  rows: number
  answers: ClassAnswers | AmountAnswers
  /** Epoch ms, NaN for none; null where windows go by rows. */
  time: Float64Array | null
  /** Texts by column, '' for none. */
  segments: Readonly<Record<string, readonly string[]>>
}

/** '' for no value. */
export interface ClassAnswers {
  kind: 'classes'
  actual: readonly string[]
  predicted: readonly string[]
  /** That came along, NaN for none; null where the table has no such column. */
  probability: Float64Array | null
}

/** NaN for no value. */
export interface AmountAnswers {
  kind: 'amounts'
  actual: Float64Array
  predicted: Float64Array
}

export async function readPredictions(
  context: ContextOf<typeof quality>,
  table: TableData,
  params: QualityParams,
): Promise<Predictions> {
  const actual = actualColumn(table, params)!
  const prediction = columnNamed(table, params.prediction)!
  const probability = table.columns.find(({ name, type }) => name === params.probability && type === 'number')
  const time = params.by === 'time' ? columnNamed(table, params.time) : undefined
  const segments = params.segments.map((name) => columnNamed(table, name)!)
  const wanted = [actual, prediction, probability, time, ...segments].filter((column) => column !== undefined)
  const values = await valuesOf(context, table, wanted)
  const numbers = ({ name }: Column): Float64Array => Float64Array.from(values.get(name)!, Number)
  const labels = ({ name, type }: Column): string[] =>
    values.get(name)!.map((value) => (value === '' || Number.isNaN(value) ? '' : classLabel(value, type)))
  return {
    rows: values.get(actual.name)!.length,
    answers: isAmount(prediction)
      ? { kind: 'amounts', actual: numbers(actual), predicted: numbers(prediction) }
      : {
          kind: 'classes',
          actual: labels(actual),
          predicted: labels(prediction),
          probability: probability ? numbers(probability) : null,
        },
    time: time ? numbers(time) : null,
    segments: Object.fromEntries(segments.map((column) => [column.name, labels(column)])),
  }
}

async function valuesOf(
  context: ContextOf<typeof quality>,
  table: TableData,
  columns: readonly Column[],
): Promise<Map<string, (string | number)[]>> {
  const names = [...new Set(columns.map(({ name }) => name))]
  const values = new Map<string, (string | number)[]>(names.map((name) => [name, []]))
  for await (const chunk of readColumns(context, table, { columns: names, rows: 'all' }))
    for (const [name, all] of values) for (const value of chunk.columns[name]!) all.push(value)
  return values
}

/** The classes that occur, in the order of the alphabet. */
export function classesOf(all: readonly Predictions[]): string[] {
  const classes = new Set<string>()
  for (const { answers } of all)
    if (answers.kind === 'classes')
      for (const value of [...answers.actual, ...answers.predicted]) classes.add(value)
  classes.delete('')
  return [...classes].toSorted(compareCodePoints)
}

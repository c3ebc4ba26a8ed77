import type { ColumnType } from '../core/columns.ts'
import { compareCodePoints } from '../core/compare-code-points.ts'
import { columnText } from '../core/expression/column-text.ts'
import { learnError } from './errors.ts'
import { learningParts, type LearningPart, type LearningTarget } from './learner.ts'

/** More different values than these are no classes but amounts, ids or free text. */
export const mostClasses = 200

/** A target column as it is streamed: values as models see them, NaN or '' where there is none. */
export interface TargetSource {
  column: string
  type: ColumnType
  rows: Readonly<Record<LearningPart, number>>
  chunks(part: LearningPart): AsyncIterable<Float64Array | readonly string[]>
}

export type ClassTarget = Extract<LearningTarget, { task: 'binary' | 'multiclass' }>
export type NumberTarget = Extract<LearningTarget, { task: 'regression' }>

/**
 * The classes of a target and the code of each row. Classes are in order: texts by code point, numbers by value, false
 * before true. Throws when rows have no value, when there is one class or too many, and when one has no train row.
 */
export async function readClassTarget(source: TargetSource): Promise<ClassTarget> {
  const { column, type, rows } = source
  if (type === 'date' || type === 'datetime' || type === 'vector')
    throw learnError('target-unsuitable', { column, type })
  const codeOf = new Map<number | string, number>()
  const codes = { train: new Uint16Array(rows.train), validation: new Uint16Array(rows.validation) }
  let classesInTrain = 0
  await forEachValue(source, (value, part, row) => {
    let code = codeOf.get(value)
    if (code === undefined) {
      code = codeOf.size
      if (code === mostClasses) throw learnError('too-many-classes', { column, limit: mostClasses })
      codeOf.set(value, code)
      if (part === 'train') classesInTrain = codeOf.size
    }
    codes[part][row] = code
  })
  const values = [...codeOf.keys()].toSorted(compareValues)
  const classes = values.map((value) => classLabel(value, type))
  const unseen = values.findIndex((value) => codeOf.get(value)! >= classesInTrain)
  if (unseen >= 0) throw learnError('class-without-train-rows', { column, value: classes[unseen]! })
  if (classes.length === 1) throw learnError('one-class', { column, value: classes[0]! })
  const inOrder = new Uint16Array(values.length)
  for (const [code, value] of values.entries()) inOrder[codeOf.get(value)!] = code
  for (const part of learningParts) codes[part] = codes[part].map((code) => inOrder[code]!)
  return { column, task: classes.length === 2 ? 'binary' : 'multiclass', classes, codes }
}

/** The numbers of a target. Throws when rows have no value, or one that float32, in which models answer, cannot hold. */
export async function readNumberTarget(source: TargetSource): Promise<NumberTarget> {
  const { column, type, rows } = source
  if (type !== 'number' && type !== 'integer' && type !== 'boolean')
    throw learnError('target-no-number', { column, type })
  const values = { train: new Float64Array(rows.train), validation: new Float64Array(rows.validation) }
  let infinite = 0
  await forEachValue(source, (value, part, row) => {
    if (Math.abs(Math.fround(value as number)) === Infinity) infinite++
    values[part][row] = value as number
  })
  if (infinite > 0) {
    throw learnError('target-infinite', { column, count: infinite, rows: rows.train + rows.validation })
  }
  return { column, task: 'regression', values }
}

/** What a class is called: in signatures, answers and reports. */
export function classLabel(value: number | string, type: ColumnType): string {
  return type === 'boolean' ? String(value === 1) : String(value)
}

/** The class that a threshold and binary metrics are about: the wanted one, else the last. */
export function positiveClass(target: Pick<ClassTarget, 'column' | 'classes'>, wanted?: string): string {
  const { column, classes } = target
  if (wanted === undefined) return classes.at(-1)!
  if (!classes.includes(wanted)) throw learnError('unknown-positive', { column, positive: wanted, classes })
  return wanted
}

/** Visits the rows of both parts that have a value; throws at the end when some had none. */
async function forEachValue(
  source: TargetSource,
  visit: (value: number | string, part: LearningPart, row: number) => void,
): Promise<void> {
  const { column, rows } = source
  if (rows.train === 0) throw learnError('no-rows')
  let missing = 0
  for (const part of learningParts) {
    let row = 0
    for await (const values of source.chunks(part)) {
      for (const value of values) {
        if (value === '' || Number.isNaN(value)) missing++
        else visit(value, part, row)
        row++
      }
    }
    if (row !== rows[part]) throw new RangeError(`${row} ${part} rows came, ${rows[part]} were announced`)
  }
  if (missing > 0)
    throw learnError('target-missing', {
      column,
      count: missing,
      rows: rows.train + rows.validation,
      condition: `${columnText(column)} is not null`,
    })
}

function compareValues(a: number | string, b: number | string): number {
  return typeof a === 'number' ? a - (b as number) : compareCodePoints(a, b as string)
}

import type { Column, ColumnType } from '../columns.ts'
import { epochOfDate } from '../epoch-of-date.ts'
import type { DatePart } from './date-parts-params.ts'
import {
  madeFromEach,
  protectedColumn,
  takenName,
  wrongType,
  type MadeColumns,
  type TransformProblem,
} from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

type Params = TransformParams<'date-parts'>

/** What is made of one date: a part as it is, its place on a circle, or the days since a date. */
export interface DateFeature {
  name: string
  kind: 'part' | 'sine' | 'cosine' | 'elapsed'
  part: DatePart | null
}

/** How many values a part has before it comes round again; a year does not. */
export const periodOfPart: Readonly<Record<DatePart, number | null>> = {
  year: null,
  quarter: 4,
  month: 12,
  week: 53,
  day: 31,
  'day-of-year': 366,
  weekday: 7,
  hour: 24,
  minute: 60,
  second: 60,
}

export function datePartsColumns(columns: readonly Column[], params: Params): MadeColumns {
  const { made, problems } = madeFromEach(columns, params.columns, (column) => {
    if (column.type !== 'date' && column.type !== 'datetime')
      return wrongType(column, 'only dates have a year or a weekday', 'Choose a column of dates.')
    const features = dateFeatures(column, params)
    const problem = protectedColumn(column) ?? (features.length === 0 ? nothingMade(column) : undefined)
    if (problem) return problem
    const taken = features.find(({ name }) => columns.some((other) => other.name === name))
    if (taken) return takenName(taken.name, column.name)
    return features.map((feature) => ({ column: columnOf(feature, column), from: [column.name] }))
  })
  if (params.since !== undefined && epochOfDate(params.since, 'datetime') === undefined)
    problems.push({
      code: 'bad-value',
      message: `“${params.since}” is no date.`,
      remedy: 'Give a date as 2024-12-31, or a date with time as 2024-12-31T23:59:59.',
      param: 'since',
    })
  return { made, problems, ...(!params.keep && { dropped: params.columns }) }
}

/** The columns that are made of a date, in order. A date without a time of day has no hour. */
export function dateFeatures({ name, type }: Pick<Column, 'name' | 'type'>, params: Params): DateFeature[] {
  const features = [...new Set(params.parts)].flatMap((part): DateFeature[] => {
    if (!hasPart(type, part)) return []
    const base = `${name}_${part.replaceAll('-', '_')}`
    if (!params.cyclical || periodOfPart[part] === null) return [{ name: base, kind: 'part', part }]
    return [
      { name: `${base}_sin`, kind: 'sine', part },
      { name: `${base}_cos`, kind: 'cosine', part },
    ]
  })
  if (params.since !== undefined) features.push({ name: `${name}_days`, kind: 'elapsed', part: null })
  return features
}

function hasPart(type: ColumnType, part: DatePart): boolean {
  return type === 'datetime' || (part !== 'hour' && part !== 'minute' && part !== 'second')
}

function columnOf({ name, kind }: DateFeature, { role }: Column): Column {
  return { name, type: kind === 'part' ? 'integer' : 'number', role, origin: 'recipe' }
}

function nothingMade({ name }: Column): Omit<TransformProblem, 'param'> {
  return {
    code: 'bad-value',
    message: `None of the parts can be made of the column “${name}”.`,
    remedy: 'Choose parts: dates without a time of day have no hour, minute and second.',
  }
}

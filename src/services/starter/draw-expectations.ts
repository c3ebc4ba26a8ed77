import type { ColumnSketch } from '../../core/sketch-schema.ts'
import type { Json } from '../../core/pipeline.ts'
import type { FileSurvey } from '../../viewing/view-calls.ts'
import type { JudgedColumn } from './judge-columns.ts'

type Expectation = Record<string, Json>

/** More would be a list that nobody reads. */
const mostColumns = 40
const mostValues = 12
/** Rows that come later may have a few more gaps, or a new value here and there. */
const mostly = 0.95

/** What later data should hold to, from what this data does. Where only a part was looked at, it only warns. */
export function drawExpectations(
  { rows, isWhole }: Pick<FileSurvey, 'rows' | 'isWhole'>,
  columns: readonly JudgedColumn[],
): Expectation[] {
  const severity: Expectation = isWhole ? {} : { severity: 'warning' }
  const shown = columns.filter(({ role }) => role !== 'ignore').slice(0, mostColumns)
  const found: Expectation[] = [
    {
      expectation: 'expect_table_row_count_to_be_between',
      min_value: Math.max(1, twoDigits(Math.floor(rows / 2))),
    },
    ...shown.flatMap((column) => aboutColumn(column, rows)),
  ]
  return found.map((expectation) => Object.assign(expectation, severity))
}

function aboutColumn({ sketch, role, isUnique, isFreeText }: JudgedColumn, rows: number): Expectation[] {
  const { name: column, nulls } = sketch
  if (role === 'id') return isUnique ? [{ column, expectation: 'expect_column_values_to_be_unique' }] : []
  const isThere: Expectation[] =
    nulls <= rows * 0.001 ? [{ column, expectation: 'expect_column_values_to_not_be_null', mostly }] : []
  return isFreeText ? isThere : [...isThere, ...aboutValues(sketch, rows)]
}

function aboutValues(sketch: ColumnSketch, rows: number): Expectation[] {
  const { name: column, distinct, top, type } = sketch
  if (type === 'text') {
    const isList = distinct.isExact && distinct.count <= mostValues && top.length === distinct.count
    const values = top.map(({ value }) => String(value))
    // A value of one or two rows is as likely a slip as a category; longer ones are cut in the sketch.
    const isSure = rows >= 50 && values.every((value) => value.length < 100 && value !== '')
    if (!isList || !isSure) return []
    return [
      { column, expectation: 'expect_column_values_to_be_in_set', value_set: values.toSorted(), mostly },
    ]
  }
  if ((type !== 'number' && type !== 'integer') || !sketch.numbers) return []
  const { min, max } = sketch.numbers
  const room = (max - min) / 2
  const least = min >= 0 ? 0 : twoDigits(min - room)
  const most = max <= 0 ? 0 : twoDigits(max + room)
  if (!Number.isFinite(least) || !Number.isFinite(most)) return []
  return [
    { column, expectation: 'expect_column_values_to_be_between', min_value: least, max_value: most, mostly },
  ]
}

/** A number that is easy to read, off by less than a twentieth. */
const twoDigits = (value: number): number => Number(value.toPrecision(2))

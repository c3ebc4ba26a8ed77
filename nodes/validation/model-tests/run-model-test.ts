import type { StartColumn } from '../../../src/core/artifacts.ts'
import { withColumn, type HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import type { Answers } from './ask-model.ts'
import type { ModelTest } from './model-test.ts'

/** One row that is not as expected. */
export interface FailedRow {
  /** Its place among the rows that were asked about. */
  row: number
  answer: string | number
  /** The changed value, and what was answered with it. */
  changed?: { from: string | number; to: string | number; answer: string | number }
}

/** What came of a test. `rows` were looked at, `unexpected` of them are not as expected. */
export interface TestOutcome {
  rows: number
  unexpected: number
  /** What was found where no row tells: a share, a size. */
  observed?: number
  failedRows: readonly FailedRow[]
  success: boolean
}

export interface Asked {
  columns: HeldColumns
  count: number
  answers: Answers
  ask(columns: HeldColumns): Promise<Answers>
}

/** Of what a test names, read by the model's own rules. */
export interface ReadTest {
  /** The place of its class; 0 for models of numbers, null for the class that is answered. */
  place: number | null
  input?: StartColumn
  /** The values that take the place of the column's own. */
  values: readonly (string | number)[]
}

const shownRows = 10
const dayMs = 86_400_000

export function judgeRows(
  test: Exclude<ModelTest, { test: 'size' }>,
  asked: Asked,
  read: ReadTest,
): TestOutcome | Promise<TestOutcome> {
  const { answers, count } = asked
  switch (test.test) {
    case 'answers-present':
      return outcomeOf(
        rowsWhere(asked, (row) => !answers.isPresent(row)),
        { count, mostly: 1 },
      )
    case 'answers-between': {
      const { minimum = -Infinity, maximum = Infinity, mostly } = test
      const isOutside = (row: number): boolean => {
        const amount = answers.amount(row, read.place ?? answers.highest(row))
        return !(amount >= minimum && amount <= maximum)
      }
      return outcomeOf(rowsWhere(asked, isOutside), { count, mostly })
    }
    case 'share-of-class': {
      const named = rowsWhere(asked, (row) => answers.answer(row) === test.class).length
      const observed = named / count
      const success = observed >= test.minimum && observed <= test.maximum
      return { rows: count, unexpected: 0, observed, failedRows: [], success }
    }
    case 'invariance':
      return judgeMoves(asked, {
        changes: changesOf(test, read),
        isUnexpected: movedBy(test),
        mostly: test.mostly,
      })
    case 'direction':
      return judgeMoves(asked, {
        changes: [shift(read.input!, test.by)],
        isUnexpected: strayed(test, read.place),
        mostly: test.mostly,
      })
  }
}

/** Another value for the column of a row, or null where the row says nothing. */
interface Change {
  input: StartColumn
  other: (value: string | number) => string | number | null
}

type IsUnexpected = (before: Answers, after: Answers, row: number) => boolean

async function judgeMoves(
  asked: Asked,
  {
    changes,
    isUnexpected,
    mostly,
  }: { changes: readonly Change[]; isUnexpected: IsUnexpected; mostly: number },
): Promise<TestOutcome> {
  const { columns, answers } = asked
  const failed = new Map<number, FailedRow>()
  const looked = new Set<number>()
  for (const { input, other } of changes) {
    const own: ArrayLike<string | number> = columns[input.name]!
    const others = Array.from(own, other)
    const put = others.map((value, row) => value ?? own[row]!)
    const changed = input.type === 'text' ? (put as string[]) : Float64Array.from(put as number[])
    const after = await asked.ask(withColumn(columns, input.name, changed))
    for (const [row, value] of others.entries()) {
      if (value === null) continue
      looked.add(row)
      if (failed.has(row) || !isUnexpected(answers, after, row)) continue
      const from = shownValue(own[row]!, input)
      const to = shownValue(value, input)
      failed.set(row, { row, answer: answers.answer(row), changed: { from, to, answer: after.answer(row) } })
    }
  }
  return outcomeOf([...failed.values()], { count: looked.size, mostly })
}

function changesOf(
  { by }: Extract<ModelTest, { test: 'invariance' }>,
  { input, values }: ReadTest,
): readonly Change[] {
  const puts = values.map((value): Change => ({
    input: input!,
    other: (own) => (isMissing(own) || own === value ? null : value),
  }))
  return by === undefined ? puts : [...puts, shift(input!, by), shift(input!, -by)]
}

function shift(input: StartColumn, by: number): Change {
  const amount = input.type === 'date' || input.type === 'datetime' ? by * dayMs : by
  return { input, other: (own) => (isMissing(own) ? null : Number(own) + amount) }
}

const isMissing = (value: string | number): boolean => value === '' || Number.isNaN(value)

function movedBy({ tolerance }: { tolerance?: number | undefined }): IsUnexpected {
  if (tolerance === undefined) return (before, after, row) => before.answer(row) !== after.answer(row)
  return (before, after, row) => {
    for (let place = 0; place < before.width; place += 1)
      if (!(Math.abs(after.amount(row, place) - before.amount(row, place)) <= tolerance)) return true
    return false
  }
}

function strayed(
  { expected, tolerance }: Extract<ModelTest, { test: 'direction' }>,
  place: number | null,
): IsUnexpected {
  const move = (before: Answers, after: Answers, row: number): number => {
    const at = place ?? before.highest(row)
    return after.amount(row, at) - before.amount(row, at)
  }
  switch (expected) {
    case 'rises':
      return (...moved) => !(move(...moved) > -tolerance)
    case 'falls':
      return (...moved) => !(move(...moved) < tolerance)
    case 'does-not-fall':
      return (...moved) => !(move(...moved) >= -tolerance)
    case 'does-not-rise':
      return (...moved) => !(move(...moved) <= tolerance)
  }
}

function rowsWhere({ count, answers }: Asked, isUnexpected: (row: number) => boolean): FailedRow[] {
  const failed: FailedRow[] = []
  for (let row = 0; row < count; row += 1)
    if (isUnexpected(row)) failed.push({ row, answer: answers.answer(row) })
  return failed
}

function outcomeOf(
  failed: readonly FailedRow[],
  { count, mostly }: { count: number; mostly: number },
): TestOutcome {
  const success = failed.length <= count * (1 - mostly) + 1e-9
  return { rows: count, unexpected: failed.length, failedRows: failed.slice(0, shownRows), success }
}

/** Dates and booleans as people write them. */
export function shownValue(value: string | number, { type }: Pick<StartColumn, 'type'>): string | number {
  if (typeof value === 'string' || Number.isNaN(value)) return value
  switch (type) {
    case 'date':
      return new Date(value).toISOString().slice(0, 10)
    case 'datetime':
      return new Date(value).toISOString()
    case 'boolean':
      return value === 0 ? 'false' : 'true'
    case 'number':
    case 'integer':
    case 'text':
      return value
  }
}

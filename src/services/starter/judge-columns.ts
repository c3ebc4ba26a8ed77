import type { StarterColumn } from '../../contract/starter-contract.ts'
import type { ColumnSketch } from '../../core/sketch-schema.ts'
import type { FileSurvey } from '../../viewing/view-calls.ts'

/** A column of a surveyed file, with what it would be drawn as. */
export interface JudgedColumn extends StarterColumn {
  sketch: ColumnSketch
  isUnique: boolean
  /** Texts to be read word by word. */
  isFreeText: boolean
}

const freeTextLength = 40
const mostClasses = 200
const fewValues = 20
const fewNumbers = 10

/** What each column of a file is likely to be: a feature, an id, or of no use. */
export function judgeColumns({ sketch, unique, examples, rows, giveaways }: FileSurvey): JudgedColumn[] {
  const telling = new Set(giveaways.flat())
  return sketch.columns.map((column, index) => {
    const isUnique = unique.includes(column.name)
    return {
      name: column.name,
      type: column.type,
      distinct: column.distinct.count,
      nulls: column.nulls,
      examples: examples.map((row) => row[index]!),
      role: telling.has(column.name) ? 'ignore' : roleOf(column, { isUnique, rows }),
      task: taskOf(column, rows),
      sketch: column,
      isUnique,
      isFreeText: isFreeText(column),
    }
  })
}

function roleOf(column: ColumnSketch, { isUnique, rows }: { isUnique: boolean; rows: number }) {
  const { type, distinct, nulls } = column
  const present = rows - nulls
  if (distinct.count <= 1 || present < Math.max(10, rows * 0.01)) return 'ignore'
  switch (type) {
    case 'text':
      if (isFreeText(column)) return 'feature'
      if (isUnique) return 'id'
      return distinct.count <= Math.max(fewValues, present * 0.2) ? 'feature' : 'ignore'
    case 'integer':
      return isUnique && nulls === 0 && isNumbering(column, rows) ? 'id' : 'feature'
    case 'number':
    case 'boolean':
    case 'date':
    case 'datetime':
      return 'feature'
  }
}

/** Numbers that only name their row: by the name of the column, or since they count the rows. */
function isNumbering(column: ColumnSketch, rows: number): boolean {
  if (/(^|[\W_])(id|key|index|uuid|no|nr|number)$|[a-z](Id|ID)$/i.test(column.name)) return true
  if (column.type === 'text' || !column.numbers) return false
  return column.numbers.max - column.numbers.min + 1 === rows
}

function isFreeText(column: ColumnSketch): boolean {
  return column.type === 'text' && (column.lengths?.mean ?? 0) >= freeTextLength
}

/** What a model with this target would answer. */
function taskOf(column: ColumnSketch, rows: number): StarterColumn['task'] {
  const { type, distinct, nulls } = column
  const { count } = distinct
  if (count < 2 || rows - nulls < 20) return null
  switch (type) {
    case 'boolean':
      return 'binary'
    case 'text':
      return classesOf(count, rows - nulls)
    case 'integer':
      if (count === 2) return 'binary'
      return count <= fewNumbers ? 'multiclass' : 'regression'
    case 'number':
      return 'regression'
    case 'date':
    case 'datetime':
      return null
  }
}

/** Each class needs a few rows to be learned from. */
function classesOf(count: number, rows: number): StarterColumn['task'] {
  if (count === 2) return 'binary'
  return count <= Math.min(mostClasses, rows / 10) ? 'multiclass' : null
}

import { z } from 'zod'

/**
 * What a column holds. `vector` is a fixed number of numbers a row (one-hot codes, components); it only comes
 * out of a recipe. Dates and times are UTC; `date` has no time of day.
 */
export const columnTypes = ['number', 'integer', 'boolean', 'text', 'date', 'datetime', 'vector'] as const
export type ColumnType = (typeof columnTypes)[number]

/** Types that a model sees as one float64; a null is NaN, a boolean 0 or 1, a date epoch milliseconds. */
const numericTypes = [
  'number',
  'integer',
  'boolean',
  'date',
  'datetime',
] as const satisfies readonly ColumnType[]

export const roles = ['feature', 'target', 'id', 'time', 'weight', 'ignore'] as const
export type Role = (typeof roles)[number]

export const columnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(columnTypes),
  role: z.enum(roles),
  /** `start`: stored rows; `recipe`: computed by the recipe from start columns. */
  origin: z.enum(['start', 'recipe']),
  /** Vectors: the name of each element, once it is known; their number is the width. */
  elements: z.array(z.string()).optional(),
  /** Known only after the event that is predicted, or computed from such a column. */
  knownLater: z.literal(true).optional(),
})
export type Column = z.infer<typeof columnSchema>

/** The rows of a split; `all` ignores it. */
export const splitParts = ['train', 'validation', 'test'] as const
export type SplitPart = (typeof splitParts)[number]
export type RowScope = SplitPart | 'all'

/** What is known of a table before anything ran. */
export interface TableShape {
  kind: 'table'
  columns: readonly Column[]
  /** The parts that a split upstream makes, or null where the table is not split. */
  split: readonly SplitPart[] | null
  /** The node that made the split, for quick fixes. */
  splitBy?: string
  /** False when the columns could not be found out (a file that is not there yet): checks then stay silent. */
  known: boolean
}

/** What is known of a model before it was trained. */
export interface ModelShape {
  kind: 'model'
  task: Task | null
  /** Known even where only the values of the target tell how many classes there are. */
  answers?: AnswerKind
  /** Whether rules may override its answers; predictions then say which one has. */
  rules?: true
  /** How many of its most probable classes it tells, where it ranks them. */
  top?: number
  target: string | null
}

/** What a model answers with; `clusters` are groups of rows that it found itself, without a target. */
export const answerKinds = ['classes', 'numbers', 'clusters'] as const
export type AnswerKind = (typeof answerKinds)[number]

export function answersOf(task: Task): AnswerKind {
  switch (task) {
    case 'binary':
    case 'multiclass':
      return 'classes'
    case 'regression':
      return 'numbers'
    case 'clustering':
      return 'clusters'
  }
}

export interface ReportShape {
  kind: 'report'
}

export type Shape = TableShape | ModelShape | ReportShape

export const tasks = ['binary', 'multiclass', 'regression', 'clustering'] as const
export type Task = (typeof tasks)[number]

export const unknownTable: TableShape = { kind: 'table', columns: [], split: null, known: false }

export function columnNamed(table: { columns: readonly Column[] }, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name)
}

export const isNumeric = (type: ColumnType): boolean => (numericTypes as readonly ColumnType[]).includes(type)
